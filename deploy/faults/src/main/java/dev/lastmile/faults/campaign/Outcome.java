package dev.lastmile.faults.campaign;

import dev.lastmile.faults.fault.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a run: of a campaign, a soak, a fuzzer, or a planted mistake.
 *
 * @param name of what was run
 * @param seed with which it can be run again
 * @param commit of the code that was run, see {@link Commit}
 * @param strikes in order
 * @param records that were judged, or inputs
 * @param cells of statistics that were compared
 * @param broken promises, a line each
 * @param notes what was measured besides, a line each
 */
public record Outcome(
        String name,
        long seed,
        String commit,
        List<Strike> strikes,
        long records,
        int cells,
        List<String> broken,
        List<String> notes) {

    public Outcome {
        strikes = List.copyOf(strikes);
        broken = List.copyOf(broken);
        notes = List.copyOf(notes);
    }

    /** One without notes. */
    public Outcome(
            String name, long seed, String commit, List<Strike> strikes, long records, int cells, List<String> broken) {
        this(name, seed, commit, strikes, records, cells, broken, List.of());
    }

    /** The same, of which that was found out too. */
    public Outcome and(List<String> moreBroken, List<String> moreNotes) {
        List<String> allBroken = new ArrayList<>(broken);
        allBroken.addAll(moreBroken);
        List<String> allNotes = new ArrayList<>(notes);
        allNotes.addAll(moreNotes);
        return new Outcome(name, seed, commit, strikes, records, cells, allBroken, allNotes);
    }

    /** Where a run stands. */
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

    /** Its end, for people: what was measured, what was broken, and a line for the whole. What struck was told when it did. */
    public List<String> ending() {
        List<String> lines = new ArrayList<>(notes);
        lines.addAll(broken);
        String recovered = strikes.isEmpty()
                ? ""
                : "; ready again after " + recovery(strikes, 95).toMillis() + " ms in 95 of 100";
        lines.add(name + ", seed " + seed + ", commit " + commit + ": " + records + " records, " + cells
                + " cells compared" + recovered + ": " + standing());
        return lines;
    }
}
