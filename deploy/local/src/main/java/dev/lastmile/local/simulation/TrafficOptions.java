package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.replay.LabelledRows.Extent;
import dev.lastmile.local.simulation.traffic.LabelDelays;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how labels come. */
final class TrafficOptions {

    private static final double USUAL_CORRELATION = 0.2;

    @Option(
            names = "--delay",
            paramLabel = "[SLICE:]DURATION",
            description = "Mean time until a label comes, such as PT6H, or accent=us:PT30M for one slice; may be"
                    + " repeated. At most as long as 1,000,000 labelled inferences take: PT1000H at 24,000 a day."
                    + " Default: at once.")
    private List<String> delays = new ArrayList<>();

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Inferences a session: same slices, correlated scores. Default: ${DEFAULT-VALUE}.")
    private int sessions;

    @Option(
            names = "--icc",
            paramLabel = "SHARE",
            description = "Intraclass correlation of the scores of a session; needs --sessions. Default: .2.")
    private @Nullable Double correlation;

    @Option(
            names = "--per-day",
            paramLabel = "N",
            description =
                    "Inferences of the deployment a day. Default: what --inferences holds a day, otherwise 24000.")
    private @Nullable Double perDay;

    @Option(
            names = "--coverage",
            paramLabel = "SHARE",
            description = "Share of them that get a label. Default: that of --inferences, otherwise 1.")
    private @Nullable Double coverage;

    /**
     * The deployment's traffic.
     *
     * @param recorded what own files hold of it; absent without files
     */
    DailyTraffic daily(@Nullable Extent recorded) throws CannotRun {
        return DailyTraffic.of(perDay, coverage, recorded);
    }

    /** How labels come to a deployment with buckets of this length and so many labelled inferences a day. */
    Pace pace(Duration bucket, double labelledPerDay) throws CannotRun {
        if (correlation != null && sessions == 1) {
            throw new CannotRun("--icc needs --sessions of 2 inferences or more: " + correlation);
        }
        double bucketLabels =
                labelledPerDay * bucket.toMillis() / Duration.ofDays(1).toMillis();
        LabelDelays waits = DelayOption.parse(delays, labelledPerDay);
        Sessions its = Refused.orMade("--sessions, --icc", () -> new Sessions(sessions, icc()));
        return new Pace(
                Pace.USUAL.batch(),
                (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(bucketLabels))),
                waits,
                its);
    }

    /** What it is, for the head of a report. */
    String about(DailyTraffic daily) {
        return String.format(
                Locale.ROOT,
                "%s; labels come %s; %s.",
                daily.about(),
                delays.isEmpty() ? "at once" : "after " + String.join(", ", delays) + " on average",
                sessions == 1
                        ? "inferences are independent"
                        : "sessions of " + sessions + ", intraclass correlation " + icc());
    }

    private double icc() {
        return correlation == null ? USUAL_CORRELATION : correlation;
    }
}
