package dev.lastmile.app;

import dev.lastmile.topology.CustomerTopics;
import dev.lastmile.topology.EventDecoder;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.OperatorCommands;
import dev.lastmile.topology.Policies;
import dev.lastmile.topology.SnapshotSink;
import dev.lastmile.topology.TopologySettings;
import dev.lastmile.topology.bundle.HeldPartitions;
import dev.lastmile.topology.serde.AvroEventDecoder;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/** The topology under a configuration: everything it needs from outside, put together. */
final class TopologyFactory {

    /**
     * Larger records are refused unread. Below the broker's own limit of 1 MiB by more than what a dead letter has besides the
     * record: it has to fit through the same limit, and so has a record that waits for the registry.
     */
    static final int MAX_RECORD_BYTES = 1_000_000;

    private TopologyFactory() {}

    /** A new topology; reaches neither broker nor registry before it runs. */
    static Topology topology(
            Configuration configuration,
            Registry registry,
            CustomerTopics customerTopics,
            SnapshotSink snapshots,
            OperatorCommands commands,
            HeldPartitions held) {
        Supplier<EventDecoder> decoders = () -> new AvroEventDecoder(registry.schemas(), MAX_RECORD_BYTES);
        return MonitorTopology.build(TopologySettings.live(
                        new Policies(configuration.deployments(), configuration.deploymentsPerCustomer()),
                        decoders,
                        registry.outputs(),
                        customerTopics,
                        snapshots,
                        pace(configuration.drainInterval()))
                .with(commands)
                .with(held));
    }

    private static TopologySettings.Pace pace(Duration drainInterval) {
        TopologySettings.Pace absent = TopologySettings.Pace.DEFAULT;
        return new TopologySettings.Pace(
                drainInterval, absent.sweepEvery(), absent.sweepLimit(), absent.publishEvery());
    }
}
