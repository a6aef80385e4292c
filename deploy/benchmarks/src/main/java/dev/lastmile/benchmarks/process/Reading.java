package dev.lastmile.benchmarks.process;

import java.util.List;

/**
 * What an instance of the monitor has done so far. Counts of records come from the deployments watched there.
 *
 * @param processorNanos of its process
 * @param ready whether it has its share of the work
 * @param received records, of which each has its place in the ledger
 * @param joined inferences with a ground truth
 * @param corrected ground truths replaced by a later version
 * @param consumed records read from customers' topics by this very instance
 * @param deltas messages sent to the second stage by this very instance
 */
public record Reading(
        long processorNanos, boolean ready, long received, long joined, long corrected, long consumed, long deltas) {

    private static final String LINE = "READING ";
    private static final int FIELDS = 7;

    /** As a line of a process's output. */
    public String line() {
        return LINE + processorNanos + " " + (ready ? 1 : 0) + " " + received + " " + joined + " " + corrected + " "
                + consumed + " " + deltas;
    }

    /** The reading in a line of output. */
    public static Reading of(String line) {
        String[] parts = line.startsWith(LINE) ? line.substring(LINE.length()).split(" ", -1) : new String[0];
        if (parts.length != FIELDS) {
            throw new IllegalArgumentException("not a reading: " + line);
        }
        return new Reading(
                Long.parseLong(parts[0]),
                parts[1].equals("1"),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }

    /** Of several instances together: ready if all are. */
    public static Reading sum(List<Reading> readings) {
        return readings.stream()
                .reduce((one, other) -> new Reading(
                        one.processorNanos + other.processorNanos,
                        one.ready && other.ready,
                        one.received + other.received,
                        one.joined + other.joined,
                        one.corrected + other.corrected,
                        one.consumed + other.consumed,
                        one.deltas + other.deltas))
                .orElseThrow();
    }
}
