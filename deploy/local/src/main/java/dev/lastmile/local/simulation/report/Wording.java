package dev.lastmile.local.simulation.report;

import dev.lastmile.local.simulation.trial.AlarmRate;
import dev.lastmile.local.simulation.trial.Delay;
import java.util.Locale;
import java.util.OptionalLong;

/** How figures are written in tables. */
public final class Wording {

    /** What was not measured, or cannot be said. */
    public static final String NOTHING = "–";

    private static final String NOT_IN_HALF = "not in half of the runs";

    /** What lies beyond what was seen. */
    private static final String BEYOND = ">";

    private Wording() {}

    /** {@code .17 [.02–.60]}: a rate and its 95 % interval. */
    public static String of(AlarmRate rate) {
        return number(rate.rate()) + " [" + number(rate.interval().lower()) + "–"
                + number(rate.interval().upper()) + "]";
    }

    /** {@code 549 / 1066 [480–610], 19/20}: median, p90, the median's 95 % interval, and how often, where not always. */
    public static String of(Delay delay) {
        if (delay.runs() == 0) {
            return NOTHING;
        }
        if (delay.median().isEmpty()) {
            return NOT_IN_HALF + share(delay);
        }
        return whole(delay.median()) + " / " + whole(delay.p90()) + " [" + whole(delay.lower()) + "–"
                + whole(delay.upper()) + "]" + share(delay);
    }

    /**
     * {@code .14 / .31, 19/20}: median and p90 in days, and how often, where not always.
     *
     * @param delay in labelled inferences of the deployment that occurred meanwhile
     * @param labelledPerDay how many of them occur a day
     */
    public static String days(Delay delay, double labelledPerDay) {
        if (delay.runs() == 0) {
            return NOTHING;
        }
        if (delay.median().isEmpty()) {
            return NOT_IN_HALF + share(delay);
        }
        return days(delay.median(), labelledPerDay) + " / " + days(delay.p90(), labelledPerDay) + share(delay);
    }

    private static String days(OptionalLong labels, double labelledPerDay) {
        return labels.isEmpty() ? BEYOND : number(labels.getAsLong() / labelledPerDay);
    }

    private static String share(Delay delay) {
        return delay.happened() == delay.runs() ? "" : ", " + delay.happened() + "/" + delay.runs();
    }

    /** {@code 98 % of 40}. */
    public static String share(int part, int whole) {
        return whole == 0 ? NOTHING : Math.round(100.0 * part / whole) + " % of " + whole;
    }

    /** {@code +3}, {@code +2.5}: score units as points. */
    public static String points(double effect) {
        double points = Math.round(effect * 1e4) / 100.0;
        String text = points == Math.rint(points) ? Long.toString((long) points) : Double.toString(points);
        return "+" + text;
    }

    /** {@code 4.3 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.01 ? "%.2f %%" : "%.1f %%", 100 * share);
    }

    /** Two figures or so: a third one is chance. */
    public static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : value >= 1 ? "%.1f" : "%.2f", value);
    }

    private static String whole(OptionalLong value) {
        return value.isEmpty() ? BEYOND : Long.toString(value.getAsLong());
    }
}
