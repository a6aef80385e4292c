package dev.lastmile.benchmarks.process;

import java.util.List;

/**
 * How far an instance of the monitor has come, by the deployments watched there. It is asked for many times a second, so it holds
 * only what costs the instance next to nothing.
 *
 * @param ready whether it has its share of the work
 * @param received records, of which each has its place in the ledger
 * @param joined inferences with a ground truth
 * @param corrected ground truths replaced by a later version
 */
public record Progress(boolean ready, long received, long joined, long corrected) {

    private static final String LINE = "PROGRESS ";
    private static final int FIELDS = 4;

    /** As a line of a process's output. */
    String line() {
        return LINE + (ready ? 1 : 0) + " " + received + " " + joined + " " + corrected;
    }

    /** The progress in a line of output. */
    static Progress of(String line) {
        String[] parts = line.startsWith(LINE) ? line.substring(LINE.length()).split(" ", -1) : new String[0];
        if (parts.length != FIELDS) {
            throw new IllegalArgumentException("not a progress: " + line);
        }
        return new Progress(
                parts[0].equals("1"), Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }

    /** Of several instances together: ready if all are. */
    static Progress sum(List<Progress> all) {
        return all.stream()
                .reduce((one, other) -> new Progress(
                        one.ready && other.ready,
                        one.received + other.received,
                        one.joined + other.joined,
                        one.corrected + other.corrected))
                .orElseThrow();
    }
}
