package dev.lastmile.local.generator;

import static dev.lastmile.local.generator.Choice.weighted;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * A hospital ward. After a while, if at all, an imaging machine moves in: a fifth of the speech is then heard in a noise
 * that was never there before, which costs every accent eighteen points and the Scottish one twenty more.
 *
 * @param imaging the machine is switched on
 */
record Ward(Change imaging) implements Conditions {

    static final String IMAGING = "imaging";
    static final String SCOTTISH = "scottish";

    private static final double IMAGING_SHARE = 0.20;
    private static final double IMAGING_COSTS = 0.18;
    private static final double IMAGING_COSTS_SCOTTISH_MORE = 0.20;

    private static final Choice ACCENTS =
            Choice.of(weighted("english", 40), weighted(SCOTTISH, 20), weighted("irish", 15), weighted("indian", 25));
    private static final Choice NOISES =
            Choice.of(weighted("quiet", 50), weighted("corridor", 30), weighted("monitor", 20));
    private static final Choice NOISES_WITH_IMAGING = NOISES.withShare(IMAGING, IMAGING_SHARE);

    private static final Map<String, Double> BY_ACCENT =
            Map.of("english", 0.080, SCOTTISH, 0.090, "irish", 0.085, "indian", 0.095);
    private static final Map<String, Double> BY_NOISE =
            Map.of("quiet", 0.0, "corridor", 0.008, "monitor", 0.012, IMAGING, IMAGING_COSTS);

    @Override
    public Map<String, String> draw(long offsetMs, SplittableRandom random) {
        Choice noises = imaging.isBy(offsetMs) ? NOISES_WITH_IMAGING : NOISES;
        return Map.of("accent", ACCENTS.draw(random), "noise", noises.draw(random));
    }

    @Override
    public double errorRate(Map<String, String> attributes, long offsetMs) {
        String accent = attributes.getOrDefault("accent", "");
        String noise = attributes.getOrDefault("noise", "");
        double rate = BY_ACCENT.getOrDefault(accent, 0.0) + BY_NOISE.getOrDefault(noise, 0.0);
        return noise.equals(IMAGING) && accent.equals(SCOTTISH) ? rate + IMAGING_COSTS_SCOTTISH_MORE : rate;
    }
}
