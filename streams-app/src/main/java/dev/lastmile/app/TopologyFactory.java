package dev.lastmile.app;

import dev.lastmile.topology.CustomerTopics;
import dev.lastmile.topology.EventDecoder;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.OperatorCommands;
import dev.lastmile.topology.Policies;
import dev.lastmile.topology.SnapshotSink;
import dev.lastmile.topology.TopologySettings;
import dev.lastmile.topology.serde.AvroEventDecoder;
import dev.lastmile.topology.serde.BoundedSchemaProvider;
import dev.lastmile.topology.serde.RegistrySchemas;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;

/** The topology under a configuration: everything it needs from outside, put together. */
final class TopologyFactory {

    /**
     * Larger records are refused unread. Below the broker's own limit of 1 MiB by more than what a dead letter has besides the
     * record: it has to fit through the same limit, and so has a record that waits for the registry.
     */
    static final int MAX_RECORD_BYTES = 1_000_000;

    /** Schema ids the registry's client remembers, a megabyte each at most: what is decided about them is remembered elsewhere. */
    private static final int MAX_SCHEMAS = 100;

    private static final int REGISTRY_TIMEOUT_MS = 5_000;

    /** What is to be sent waits so long for the registry; well below the time after which a silent thread is taken for dead. */
    private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(2);

    private TopologyFactory() {}

    /** A new topology; reaches neither broker nor registry before it runs. */
    static Topology topology(
            Configuration configuration,
            CustomerTopics customerTopics,
            SnapshotSink snapshots,
            OperatorCommands commands) {
        SchemaRegistryClient registry = registry(configuration.registry());
        RegistrySchemas schemas = new RegistrySchemas(registry, System::nanoTime);
        Supplier<EventDecoder> decoders = () -> new AvroEventDecoder(schemas, MAX_RECORD_BYTES);
        return MonitorTopology.build(TopologySettings.live(
                        new Policies(configuration.deployments(), configuration.deploymentsPerCustomer()),
                        decoders,
                        serializer(registry, configuration.registry()),
                        customerTopics,
                        snapshots,
                        pace(configuration.drainInterval()))
                .with(commands));
    }

    private static TopologySettings.Pace pace(Duration drainInterval) {
        TopologySettings.Pace absent = TopologySettings.Pace.DEFAULT;
        return new TopologySettings.Pace(
                drainInterval, absent.sweepEvery(), absent.sweepLimit(), absent.publishEvery());
    }

    private static SchemaRegistryClient registry(RegistrySettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("http.connect.timeout.ms", REGISTRY_TIMEOUT_MS);
        properties.put("http.read.timeout.ms", REGISTRY_TIMEOUT_MS);
        properties.putAll(settings.properties());
        List<SchemaProvider> providers = List.of(new BoundedSchemaProvider());
        List<String> urls = List.of(settings.url().split(",", -1));
        return settings.isInThisJvm()
                ? SchemaRegistryClientFactory.newClient(urls, MAX_SCHEMAS, providers, properties, Map.of())
                : new CachedSchemaRegistryClient(new RegistryHttp(urls), MAX_SCHEMAS, providers, properties, Map.of());
    }

    private static Serializer<Object> serializer(SchemaRegistryClient registry, RegistrySettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.put("schema.registry.url", settings.url());
        // Subjects hold the contracts as they stand in the schemas module, without hints for Java's string type.
        properties.put("avro.remove.java.properties", true);
        KafkaAvroSerializer serializer = new KafkaAvroSerializer(registry);
        serializer.configure(properties, false);
        return new PatientSerializer(serializer, REGISTRY_PATIENCE, System::nanoTime);
    }
}
