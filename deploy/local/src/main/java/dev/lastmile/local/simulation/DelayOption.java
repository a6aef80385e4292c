package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.simulation.report.Wording;
import dev.lastmile.local.simulation.traffic.LabelDelays;
import dev.lastmile.slice.Slice;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code --delay PT6H} for all labels, {@code --delay accent=a8:PT30M} for those of a slice. */
final class DelayOption {

    private DelayOption() {}

    /**
     * Reads what was typed.
     *
     * @param labelledPerDay turns time into labelled inferences
     */
    static LabelDelays parse(List<String> texts, double labelledPerDay) throws CannotRun {
        double usual = 0;
        Map<Slice, Double> means = new LinkedHashMap<>();
        for (String text : texts) {
            int colon = text.lastIndexOf(':');
            double mean = labels(text, text.substring(colon + 1), labelledPerDay);
            if (colon < 0) {
                usual = mean;
            } else {
                means.put(Refused.orMade("--delay", () -> Slice.parse(text.substring(0, colon))), mean);
            }
        }
        double mean = usual;
        return Refused.orMade("--delay", () -> new LabelDelays(mean, means));
    }

    private static double labels(String text, String duration, double labelledPerDay) throws CannotRun {
        double msPerLabel = Duration.ofDays(1).toMillis() / labelledPerDay;
        Duration longest = Duration.ofSeconds((long) (LabelDelays.GREATEST_MEAN * msPerLabel / 1_000));
        try {
            Duration mean = Duration.parse(duration);
            if (mean.isNegative() || mean.compareTo(longest) > 0) {
                throw new CannotRun("--delay must be from PT0S to " + longest + ", as long as "
                        + Wording.number(LabelDelays.GREATEST_MEAN) + " labelled inferences take at "
                        + Wording.number(labelledPerDay) + " a day: " + text);
            }
            return mean.toMillis() / msPerLabel;
        } catch (DateTimeParseException e) {
            throw new CannotRun(
                    "--delay must be a duration, or a slice and a duration, such as PT6H or accent=us:PT30M: " + text,
                    e);
        }
    }
}
