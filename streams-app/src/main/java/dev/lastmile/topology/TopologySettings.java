package dev.lastmile.topology;

import dev.lastmile.alert.SliceStanding;
import dev.lastmile.topology.bundle.HeldPartitions;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What the topology needs from outside.
 *
 * @param policies how deployments are watched
 * @param decoders makes one decoder a task
 * @param avroSerializer writes our Avro records in the Confluent wire format
 * @param customerTopics makes output topics
 * @param snapshots shows the state to people
 * @param pace how often things are done
 * @param minimumShown slices with fewer labelled inferences are not made part of a snapshot
 * @param restorable whether every store has a changelog, from which another instance can restore it
 * @param commands what operators say; absent where nobody is to say anything
 * @param held which partitions are not to be read for a while
 */
public record TopologySettings(
        Policies policies,
        Supplier<EventDecoder> decoders,
        Serializer<Object> avroSerializer,
        CustomerTopics customerTopics,
        SnapshotSink snapshots,
        Pace pace,
        long minimumShown,
        boolean restorable,
        @Nullable OperatorCommands commands,
        HeldPartitions held) {

    public TopologySettings {
        if (minimumShown < 0) {
            throw new IllegalArgumentException("minimumShown must be >= 0: " + minimumShown);
        }
    }

    /** Settings under which nobody says anything, and nobody heeds what is held. */
    public TopologySettings(
            Policies policies,
            Supplier<EventDecoder> decoders,
            Serializer<Object> avroSerializer,
            CustomerTopics customerTopics,
            SnapshotSink snapshots,
            Pace pace,
            long minimumShown,
            boolean restorable) {
        this(
                policies,
                decoders,
                avroSerializer,
                customerTopics,
                snapshots,
                pace,
                minimumShown,
                restorable,
                null,
                new HeldPartitions(() -> 0));
    }

    /** The same, and operators are obeyed. */
    public TopologySettings with(OperatorCommands operators) {
        return new TopologySettings(
                policies,
                decoders,
                avroSerializer,
                customerTopics,
                snapshots,
                pace,
                minimumShown,
                restorable,
                operators,
                held);
    }

    /** The same, and whoever reads heeds this. */
    public TopologySettings with(HeldPartitions partitions) {
        return new TopologySettings(
                policies,
                decoders,
                avroSerializer,
                customerTopics,
                snapshots,
                pace,
                minimumShown,
                restorable,
                commands,
                partitions);
    }

    /** What a monitor runs with that others depend on: small slices are suppressed, and state can be restored. */
    public static TopologySettings live(
            Policies policies,
            Supplier<EventDecoder> decoders,
            Serializer<Object> avroSerializer,
            CustomerTopics customerTopics,
            SnapshotSink snapshots,
            Pace pace) {
        return new TopologySettings(
                policies, decoders, avroSerializer, customerTopics, snapshots, pace, SliceStanding.MINIMUM_SHOWN, true);
    }

    /**
     * How often things are done, on the wall clock. Results do not depend on it.
     *
     * @param drainEvery between two messages of the first stage to the second in a replay; live, commits send them
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
