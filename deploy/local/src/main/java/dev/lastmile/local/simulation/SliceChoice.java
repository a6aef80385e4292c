package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.simulation.report.Wording;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The slices that will get worse.
 *
 * @param numbers which, by number
 */
public record SliceChoice(List<Integer> numbers) {

    private static final double USUAL_SHARE = 0.04;
    private static final double SMALL_SHARE = 0.008;

    public SliceChoice {
        numbers = List.copyOf(numbers);
    }

    /** A slice of about 4 % of the traffic and one of about .8 %; they are one where there are no others. */
    public static SliceChoice usual(Traffic traffic) {
        Set<Integer> chosen = new LinkedHashSet<>();
        chosen.add(nearest(traffic, USUAL_SHARE));
        chosen.add(nearest(traffic, SMALL_SHARE));
        return new SliceChoice(new ArrayList<>(chosen));
    }

    /**
     * What was typed, or else the usual ones.
     *
     * @param arrival a value that comes with the change; absent where none does
     */
    static SliceChoice of(Traffic traffic, @Nullable Arrival arrival, List<String> texts) throws CannotRun {
        if (texts.isEmpty()) {
            return usual(traffic);
        }
        Set<Integer> chosen = new LinkedHashSet<>();
        for (String text : texts) {
            Slice slice = Refused.orMade("--slice", () -> Slice.parse(text));
            int number = traffic.space().numberOf(slice).orElse(SliceSpace.OVERALL);
            if (number == SliceSpace.OVERALL) {
                throw new CannotRun("--slice is none of this deployment's: " + text + "; there are " + some(traffic));
            }
            if (!(shareOnceWorse(traffic, arrival, number) > 0)) {
                throw new CannotRun(
                        "--slice has no share of the traffic, so that nothing in it can get worse: " + text);
            }
            chosen.add(number);
        }
        return new SliceChoice(new ArrayList<>(chosen));
    }

    /** The share of the traffic that a slice has when it is worse: of one that is still to come, once it has come. */
    private static double shareOnceWorse(Traffic traffic, @Nullable Arrival arrival, int slice) {
        double before = traffic.share(slice);
        return before > 0 || arrival == null ? before : arrival.after().share(slice);
    }

    private static String some(Traffic traffic) {
        List<String> names = new ArrayList<>();
        for (int slice = 1; slice < Math.min(12, traffic.space().size()); slice++) {
            names.add(traffic.space().slice(slice).toString());
        }
        return String.join("; ", names) + (traffic.space().size() > 12 ? "; …" : "");
    }

    /** Nearest by the ratio of shares; among equally near ones the first. */
    private static int nearest(Traffic traffic, double share) {
        int nearest = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int slice = 1; slice < traffic.space().size(); slice++) {
            double its = traffic.share(slice);
            double distance = its > 0 ? Math.abs(Math.log(its / share)) : Double.POSITIVE_INFINITY;
            if (distance < least) {
                least = distance;
                nearest = slice;
            }
        }
        return nearest;
    }

    /** {@code accent=a8 (4.3 %) or noise=n4, accent=a3 (.93 %)}. */
    String about(Traffic traffic, @Nullable Arrival arrival) {
        return numbers.stream()
                .map(slice -> traffic.space().slice(slice).plain() + " ("
                        + Wording.percent(shareOnceWorse(traffic, arrival, slice)) + ")")
                .collect(Collectors.joining(" or "));
    }
}
