package dev.lastmile.local.generator;

import static dev.lastmile.local.generator.Choice.weighted;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * A call centre. After a while its model gets worse by the same eight points for everybody: bad, but not unfair.
 *
 * @param worse it gets worse
 */
record CallCentre(Change worse) implements Conditions {

    private static final double WORSE_BY = 0.08;

    private static final Choice REGIONS =
            Choice.of(weighted("north", 35), weighted("midlands", 30), weighted("south", 35));
    private static final Choice LINES = Choice.of(weighted("landline", 40), weighted("mobile", 60));

    private static final Map<String, Double> BY_REGION = Map.of("north", 0.100, "midlands", 0.095, "south", 0.090);
    private static final Map<String, Double> BY_LINE = Map.of("landline", 0.0, "mobile", 0.010);

    @Override
    public Map<String, String> draw(long offsetMs, SplittableRandom random) {
        return Map.of("region", REGIONS.draw(random), "line", LINES.draw(random));
    }

    @Override
    public double errorRate(Map<String, String> attributes, long offsetMs) {
        double rate = BY_REGION.getOrDefault(attributes.getOrDefault("region", ""), 0.0)
                + BY_LINE.getOrDefault(attributes.getOrDefault("line", ""), 0.0);
        return worse.isBy(offsetMs) ? rate + WORSE_BY : rate;
    }
}
