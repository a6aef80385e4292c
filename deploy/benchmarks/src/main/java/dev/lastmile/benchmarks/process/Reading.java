package dev.lastmile.benchmarks.process;

import java.util.List;

/**
 * What an instance of the monitor has done so far. To read it, the instance goes through all metrics of its clients, of which
 * there are many where it has many topics: so it is read when a time begins and ends, and not to see whether it is over, see
 * {@link Progress}.
 *
 * @param processorNanos of its process
 * @param consumed records read from customers' topics by this very instance
 * @param deltas messages sent to the second stage by this very instance
 */
public record Reading(long processorNanos, long consumed, long deltas) {

    private static final String LINE = "READING ";
    private static final int FIELDS = 3;

    /** As a line of a process's output. */
    public String line() {
        return LINE + processorNanos + " " + consumed + " " + deltas;
    }

    /** The reading in a line of output. */
    public static Reading of(String line) {
        String[] parts = line.startsWith(LINE) ? line.substring(LINE.length()).split(" ", -1) : new String[0];
        if (parts.length != FIELDS) {
            throw new IllegalArgumentException("not a reading: " + line);
        }
        return new Reading(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Of several instances together. */
    public static Reading sum(List<Reading> readings) {
        return readings.stream()
                .reduce((one, other) -> new Reading(
                        one.processorNanos + other.processorNanos,
                        one.consumed + other.consumed,
                        one.deltas + other.deltas))
                .orElseThrow();
    }
}
