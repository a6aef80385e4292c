package dev.lastmile.faults.fuzz.slice;

import dev.lastmile.app.Configuration;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.Policies;
import dev.lastmile.topology.SnapshotSink;
import dev.lastmile.topology.TopologySettings;
import dev.lastmile.topology.serde.AvroEventDecoder;
import dev.lastmile.topology.serde.RegistrySchemas;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The monitor's topology without a broker. It shows every slice, however small. */
final class FloodedTopology implements AutoCloseable {

    private static final int MAX_RECORD_BYTES = 1_000_000;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_TO_SETTLE = 5;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer(
            registry, Map.of("schema.registry.url", "mock://flood", "avro.remove.java.properties", true));
    private final TopologyTestDriver driver;
    private final String inferences;
    private final String truths;
    private final TestInputTopic<byte[], byte[]> toInferences;
    private final TestInputTopic<byte[], byte[]> toTruths;

    /** One that has seen nothing; its state goes to the directory. */
    FloodedTopology(DeploymentId id, List<List<String>> intersections, SnapshotSink snapshots, Path directory) {
        RegistrySchemas schemas = new RegistrySchemas(registry, System::nanoTime);
        TopologySettings settings = new TopologySettings(
                policies(id, intersections),
                () -> new AvroEventDecoder(schemas, MAX_RECORD_BYTES),
                serializer,
                customer -> {},
                snapshots,
                new TopologySettings.Pace(TICK, Duration.ofSeconds(10), 50_000, Duration.ofDays(365)),
                0,
                false);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "flood");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(MonitorTopology.build(settings), properties, Instant.EPOCH);
        inferences = Topics.inferences(id.customer());
        truths = Topics.groundTruth(id.customer());
        toInferences = driver.createInputTopic(inferences, new ByteArraySerializer(), new ByteArraySerializer());
        toTruths = driver.createInputTopic(truths, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Policies policies(DeploymentId id, List<List<String>> intersections) {
        StringBuilder dimensions = new StringBuilder("d0");
        for (int dimension = 1; dimension < SliceFlood.DIMENSIONS; dimension++) {
            dimensions.append(", d").append(dimension);
        }
        String text = """
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                registry: {url: "http://127.0.0.1:1"}
                deployments:
                  - customer: %s
                    deployment: %s
                    metric: error_rate
                    dimensions: [%s]
                    intersections: %s
                    limits: {valuesPerDimension: %d, liveSlices: %d}
                """.formatted(
                        id.customer(),
                        id.deployment(),
                        dimensions,
                        intersections,
                        SliceFlood.VALUES_PER_DIMENSION,
                        SliceFlood.LIVE_SLICES);
        return new Policies(
                Configuration.parse("flood", text, Path.of("."), Map.of()).deployments());
    }

    void send(InferenceEvent event, long atMs) {
        toInferences.pipeInput(keyOf(event.getInferenceId()), serializer.serialize(inferences, event), atMs);
    }

    void send(GroundTruthEvent event, long atMs) {
        toTruths.pipeInput(keyOf(event.getInferenceId()), serializer.serialize(truths, event), atMs);
    }

    private static byte[] keyOf(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /** A second passes: what was counted is drained, and shown. */
    void tick() {
        driver.advanceWallClockTime(TICK);
        // The driver keeps what nobody takes.
        for (String topic : driver.producedTopicNames()) {
            driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
        }
    }

    /** Until everything is counted and shown. */
    void settle() {
        for (int tick = 0; tick < TICKS_TO_SETTLE; tick++) {
            tick();
        }
    }

    @Override
    public void close() {
        driver.close();
        serializer.close();
    }
}
