package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.replay.LabelledRows.Extent;
import dev.lastmile.local.simulation.report.Wording;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much traffic a deployment has: what turns labelled inferences into days.
 *
 * @param inferences a day
 * @param coverage share of them that get a label, in (0, 1]
 * @param source where the number of inferences comes from
 */
record DailyTraffic(double inferences, double coverage, String source) {

    /** Where nothing is said and no file tells. */
    static final double USUAL = 24_000;

    private static final double GREATEST = 1e9;

    /**
     * What was typed; otherwise what the files show; otherwise the usual.
     *
     * @param perDay inferences a day, as typed; absent where nothing was
     * @param share of them that get a label, as typed; absent where nothing was
     * @param recorded what own files hold; absent without files
     */
    static DailyTraffic of(@Nullable Double perDay, @Nullable Double share, @Nullable Extent recorded)
            throws CannotRun {
        if (perDay != null && !(perDay >= 1 && perDay <= GREATEST)) {
            throw new CannotRun("--per-day must be from 1 to 1000000000: " + perDay);
        }
        if (share != null && !(share > 0 && share <= 1)) {
            throw new CannotRun("--coverage must be in (0, 1]: " + share);
        }
        double coverage = share != null ? share : recorded != null ? recorded.coverage() : 1;
        if (perDay != null) {
            return new DailyTraffic(perDay, coverage, "from --per-day");
        }
        if (recorded == null) {
            return new DailyTraffic(USUAL, coverage, "the default");
        }
        if (recorded.span().isZero()) {
            return new DailyTraffic(USUAL, coverage, "the default: all rows of the files are of one time");
        }
        return new DailyTraffic(perDayOf(recorded), coverage, sourceOf(recorded));
    }

    private static double perDayOf(Extent recorded) throws CannotRun {
        // So many inferences have one gap fewer between them.
        double perDay = (recorded.inferences() - 1) / days(recorded.span());
        if (!(perDay >= 1 && perDay <= GREATEST)) {
            throw new CannotRun(
                    "the files' rows make " + perDay + " inferences a day, which does not do; give --per-day");
        }
        return perDay;
    }

    private static String sourceOf(Extent recorded) {
        return String.format(
                Locale.ROOT,
                "from the files: %,d inferences in %s days",
                recorded.inferences(),
                Wording.number(days(recorded.span())));
    }

    private static double days(Duration duration) {
        return duration.toMillis() / (double) Duration.ofDays(1).toMillis();
    }

    /** Labelled inferences a day. */
    double labelled() {
        return inferences * coverage;
    }

    /** {@code 23,520 labelled inferences a day (98.0 % of 24,000, the default)}. */
    String about() {
        return String.format(
                Locale.ROOT,
                "%s labelled inferences a day (%s of %s, %s)",
                Wording.number(labelled()),
                Wording.percent(coverage),
                Wording.number(inferences),
                source);
    }
}
