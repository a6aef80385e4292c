package dev.lastmile.topology;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the topology needs from outside.
 *
 * @param policies how deployments are watched
 * @param decoders makes one decoder a task
 * @param avroSerializer writes our Avro records in the Confluent wire format
 * @param customerTopics makes output topics
 * @param snapshots shows the state to people
 * @param pace how often things are done
 */
public record TopologySettings(
        Policies policies,
        Supplier<EventDecoder> decoders,
        Serializer<Object> avroSerializer,
        CustomerTopics customerTopics,
        SnapshotSink snapshots,
        Pace pace) {

    /**
     * How often things are done, on the wall clock. Results do not depend on it.
     *
     * @param drainEvery between two messages of the first stage to the second
     * @param sweepEvery between two sweeps of the join store
     * @param sweepLimit entries looked at in one sweep
     * @param publishEvery between two publications of changed statistics
     */
    public record Pace(Duration drainEvery, Duration sweepEvery, int sweepLimit, Duration publishEvery) {

        public static final Pace DEFAULT =
                new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), 5_000, Duration.ofSeconds(10));

        public Pace {
            requirePositive("drainEvery", drainEvery);
            requirePositive("sweepEvery", sweepEvery);
            requirePositive("publishEvery", publishEvery);
            if (sweepLimit < 1) {
                throw new IllegalArgumentException("sweepLimit must be >= 1: " + sweepLimit);
            }
        }

        private static void requirePositive(String name, Duration duration) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException(name + " must be >= PT0.001S: " + duration);
            }
        }
    }
}
