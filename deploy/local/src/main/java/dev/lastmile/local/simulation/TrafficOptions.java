package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.simulation.traffic.LabelDelays;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say how labels come. */
final class TrafficOptions {

    @Option(
            names = "--delay",
            paramLabel = "[SLICE:]DURATION",
            description = "Mean time until a label comes, such as PT6H, or accent=us:PT30M for one slice; may be"
                    + " repeated. Default: at once.")
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
            defaultValue = ".2",
            description = "Intraclass correlation of the scores of a session. Default: ${DEFAULT-VALUE}.")
    private double correlation;

    @Option(
            names = "--per-day",
            paramLabel = "N",
            defaultValue = "24000",
            description = "Inferences of the deployment a day. Default: ${DEFAULT-VALUE}.")
    private double perDay;

    @Option(
            names = "--coverage",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "Share of them that get a label. Default: ${DEFAULT-VALUE}.")
    private double coverage;

    /** Labelled inferences of the deployment a day. */
    double labelledPerDay() throws CannotRun {
        if (!(perDay >= 1 && perDay <= 1e9)) {
            throw new CannotRun("--per-day must be from 1 to 1000000000: " + perDay);
        }
        if (!(coverage > 0 && coverage <= 1)) {
            throw new CannotRun("--coverage must be in (0, 1]: " + coverage);
        }
        return perDay * coverage;
    }

    /** How labels come to a deployment with buckets of this length. */
    Pace pace(Duration bucket) throws CannotRun {
        double labelledPerDay = labelledPerDay();
        double bucketLabels =
                labelledPerDay * bucket.toMillis() / Duration.ofDays(1).toMillis();
        LabelDelays waits = DelayOption.parse(delays, labelledPerDay);
        Sessions its = Refused.orMade("--sessions, --icc", () -> new Sessions(sessions, correlation));
        return new Pace(
                Pace.USUAL.batch(),
                (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(bucketLabels))),
                waits,
                its);
    }

    /** What it is, for the head of a report. */
    String about() throws CannotRun {
        return String.format(
                Locale.ROOT,
                "%,.0f labelled inferences a day; labels come %s; %s.",
                labelledPerDay(),
                delays.isEmpty() ? "at once" : "after " + String.join(", ", delays) + " on average",
                sessions == 1
                        ? "inferences are independent"
                        : "sessions of " + sessions + ", intraclass correlation " + correlation);
    }
}
