package dev.lastmile.local.simulation.trial;

import java.util.List;
import java.util.OptionalLong;

/**
 * How long something took, over runs. A run in which it did not happen took longer than all others.
 *
 * @param runs how many
 * @param happened in how many of them it happened
 * @param median lower median; empty where it did not happen in so many
 * @param p90 nine in ten took at most this long
 * @param lower lower end of the 95 % interval of the median: an order statistic, whatever the distribution
 * @param upper its upper end; empty where it lies beyond what was seen
 */
public record Delay(
        int runs, int happened, OptionalLong median, OptionalLong p90, OptionalLong lower, OptionalLong upper) {

    private static final double TAIL = 0.025;

    /** The delay over these runs; of none there is nothing to say. */
    public static Delay over(List<OptionalLong> delays) {
        long[] seen = delays.stream()
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sorted()
                .toArray();
        int runs = delays.size();
        if (runs == 0) {
            OptionalLong none = OptionalLong.empty();
            return new Delay(0, 0, none, none, none, none);
        }
        int rank = rankBelowMedian(runs);
        return new Delay(
                runs,
                seen.length,
                at(seen, (runs + 1) / 2),
                at(seen, (int) Math.ceil(0.9 * runs)),
                at(seen, Math.max(1, rank)),
                rank == 0 ? OptionalLong.empty() : at(seen, runs + 1 - rank));
    }

    private static OptionalLong at(long[] sorted, int rank) {
        return rank <= sorted.length ? OptionalLong.of(sorted[rank - 1]) : OptionalLong.empty();
    }

    /** The largest r such that fewer than r of n fall below the median with probability .025 at most. */
    private static int rankBelowMedian(int n) {
        double log = -n * Math.log(2);
        double sum = 0;
        int rank = 0;
        for (int k = 0; k < n; k++) {
            sum += Math.exp(log);
            if (sum > TAIL) {
                return rank;
            }
            rank = k + 1;
            log += Math.log((n - k) / (k + 1.0));
        }
        return rank;
    }
}
