package dev.lastmile.faults.campaign;

import dev.lastmile.faults.fault.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of a campaign.
 *
 * @param name of it
 * @param seed with which it can be run again
 * @param commit of the code that was run, see {@link Commit}
 * @param strikes in order
 * @param records that were judged
 * @param cells of statistics that were compared
 * @param broken promises, a line each
 */
public record Outcome(
        String name, long seed, String commit, List<Strike> strikes, long records, int cells, List<String> broken) {

    public Outcome {
        strikes = List.copyOf(strikes);
        broken = List.copyOf(broken);
    }

    /** Where a campaign stands. */
    public enum Standing {
        /** All faults hit, all promises held. */
        PASSED,
        /** A promise was broken. */
        FAILED,
        /** A fault did not hit: it shows nothing. */
        VOID
    }

    /** Where it stands. */
    public Standing standing() {
        if (!broken.isEmpty()) {
            return Standing.FAILED;
        }
        return !strikes.stream().allMatch(Strike::hit) ? Standing.VOID : Standing.PASSED;
    }

    /** The time that so many in a hundred recoveries took at most, by nearest rank; zero where nothing struck. */
    public static Duration recovery(List<Strike> strikes, int percent) {
        List<Duration> sorted = strikes.stream().map(Strike::recovery).sorted().toList();
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /** All of it, for people: what was run, a line a strike with its time, a line a broken promise, a line for the whole. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ", seed " + seed + ", commit " + commit + ":");
        for (Strike strike : strikes) {
            lines.add(String.format(Locale.ROOT, "%8.3f s  ", strike.after().toMillis() / 1_000.0)
                    + strike.fault() + ": " + (strike.hit() ? "hit" : "did not hit") + "; " + strike.evidence()
                    + "; ready again after " + strike.recovery().toMillis() + " ms");
        }
        lines.addAll(broken);
        lines.add(
                name + ", seed " + seed + ": " + records + " records, " + cells + " cells compared; ready again after "
                        + recovery(strikes, 95).toMillis() + " ms in 95 of 100: " + standing());
        return lines;
    }
}
