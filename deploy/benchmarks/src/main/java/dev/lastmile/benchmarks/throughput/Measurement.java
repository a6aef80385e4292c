package dev.lastmile.benchmarks.throughput;

import java.util.Optional;

/**
 * What one run took.
 *
 * @param seconds of wall clock, from the start to the last event
 * @param processorSeconds of the contestant's process, over the same time
 * @param events inferences and ground truths
 * @param runs of the same process, this one and those before that warmed it
 */
record Measurement(double seconds, double processorSeconds, long events, int runs) {

    private static final String LINE = "MEASURED ";
    private static final double MICROS = 1e6;

    double microsPerEvent() {
        return processorSeconds * MICROS / events;
    }

    double eventsPerSecond() {
        return events / seconds;
    }

    /** As a line of a process's output. */
    String line() {
        return LINE + seconds + " " + processorSeconds + " " + events + " " + runs;
    }

    /** The measurement in a line of output; empty where it holds none. */
    static Optional<Measurement> of(String line) {
        if (!line.startsWith(LINE)) {
            return Optional.empty();
        }
        String[] parts = line.substring(LINE.length()).split(" ", -1);
        return Optional.of(new Measurement(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3])));
    }
}
