package dev.lastmile.topology;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.app.CommandFormat;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.bundle.HeldPartitions;
import dev.lastmile.topology.serde.AvroEventDecoder;
import dev.lastmile.topology.serde.RegistrySchemas;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * The real topology with the genuine serializers and a registry in memory, driven record by record. Time stands still but
 * for {@link #pass}.
 */
@NullMarked
final class MonitorHarness implements AutoCloseable {

    static final int MAX_RECORD_BYTES = 64 << 10;

    private static final long DEFAULT_CACHE_BYTES = 10 << 20;

    private final SwitchableRegistry registry = new SwitchableRegistry();
    private final HeldPartitions held = new HeldPartitions(() -> 0);

    /** Of the topics that are held, in order. */
    private final Map<String, Queue<TestRecord<byte[], byte[]>>> unread = new TreeMap<>();

    private boolean isReadAhead;
    private final Map<DeploymentId, DeploymentSnapshot> snapshots = new TreeMap<>();
    private final Path stateDirectory;
    private final KafkaAvroSerializer serializer;
    private final TopologyTestDriver driver;
    private long nanos;
    private final CommandFormat commands = new CommandFormat("lastmile");

    /** A registry in memory that can be switched off: then it knows no schema, and takes new ones. */
    private static final class SwitchableRegistry extends MockSchemaRegistryClient {
        private boolean isDown;

        SwitchableRegistry() {
            super(List.of(new AvroSchemaProvider()));
        }

        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            if (isDown) {
                throw new ConnectException("switched off");
            }
            return super.getSchemaById(id);
        }
    }

    MonitorHarness(DeploymentPolicy... policies) {
        this(TopologySettings.Pace.DEFAULT, policies);
    }

    MonitorHarness(TopologySettings.Pace pace, DeploymentPolicy... policies) {
        this(pace, DEFAULT_CACHE_BYTES, policies);
    }

    /**
     * A monitor whose record caches hold so many bytes.
     *
     * @param cacheBytes 0 for caches that pass everything on at once
     */
    MonitorHarness(TopologySettings.Pace pace, long cacheBytes, DeploymentPolicy... policies) {
        this(pace, cacheBytes, new Policies(List.of(policies)));
    }

    MonitorHarness(Policies policies) {
        this(TopologySettings.Pace.DEFAULT, DEFAULT_CACHE_BYTES, policies);
    }

    private MonitorHarness(TopologySettings.Pace pace, long cacheBytes, Policies policies) {
        Map<String, Object> registryConfig = Map.of("schema.registry.url", "mock://unused");
        serializer = new KafkaAvroSerializer(registry, registryConfig);
        RegistrySchemas schemas = new RegistrySchemas(registry, () -> nanos);
        TopologySettings settings = TopologySettings.live(
                        policies,
                        () -> new AvroEventDecoder(schemas, MAX_RECORD_BYTES),
                        serializer,
                        customer -> {},
                        new SnapshotSink() {
                            @Override
                            public void publish(DeploymentSnapshot snapshot) {
                                snapshots.put(snapshot.deployment(), snapshot);
                            }

                            @Override
                            public void retire(DeploymentId deployment) {
                                snapshots.remove(deployment);
                            }
                        },
                        pace)
                .with(commands)
                .with(held);
        try {
            stateDirectory = Files.createTempDirectory("lastmile-topology");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "lastmile-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
        driver = new TopologyTestDriver(MonitorTopology.build(settings), properties, Instant.EPOCH);
    }

    /** Sends an inference as a customer does; it is appended when it occurred. */
    void send(String customer, InferenceEvent event) {
        send(customer, event, event.getOccurredAt());
    }

    void send(String customer, InferenceEvent event, Instant appendedAt) {
        String topic = Topics.inferences(customer);
        sendRaw(topic, event.getInferenceId(), serializer.serialize(topic, event), appendedAt);
    }

    /** Sends a ground truth as a customer does; it is appended when it was observed. */
    void send(String customer, GroundTruthEvent event) {
        send(customer, event, event.getObservedAt());
    }

    void send(String customer, GroundTruthEvent event, Instant appendedAt) {
        String topic = Topics.groundTruth(customer);
        sendRaw(topic, event.getInferenceId(), serializer.serialize(topic, event), appendedAt);
    }

    /** Sends any bytes. As a consumer it reads no further where the topic is held. */
    void sendRaw(String topic, @Nullable String key, byte @Nullable [] value, Instant appendedAt) {
        byte[] rawKey = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        TestRecord<byte[], byte[]> record = new TestRecord<>(rawKey, value, appendedAt);
        if (isHeld(topic) && !isReadAhead) {
            unread.computeIfAbsent(topic, any -> new ArrayDeque<>()).add(record);
        } else {
            pipe(topic, record);
        }
    }

    private void pipe(String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
    }

    private void readOn() {
        unread.forEach((topic, records) -> {
            while (!records.isEmpty() && !isHeld(topic)) {
                pipe(topic, records.remove());
            }
        });
    }

    /** Whether the topic is not to be read for a while. */
    boolean isHeld(String topic) {
        return held.isHeld(new TopicPartition(topic, 0));
    }

    /** How many records of a topic that is held were not read. */
    int unread(String topic) {
        return unread.getOrDefault(topic, new ArrayDeque<>()).size();
    }

    /** From now on all that is sent was read before anything was held. */
    void readAhead(boolean isAhead) {
        isReadAhead = isAhead;
    }

    /** Sends any bytes with that many headers. */
    void sendWithHeaders(String topic, String key, byte[] value, Instant appendedAt, int headers) {
        TestRecord<byte[], byte[]> record = new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, appendedAt);
        for (int i = 0; i < headers; i++) {
            record.headers().add("header" + i, new byte[] {1});
        }
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
    }

    /** Says something to the monitor as an operator does. */
    void command(String key, String json, Instant appendedAt) {
        sendRaw(commands.topic(), key, json.getBytes(StandardCharsets.UTF_8), appendedAt);
    }

    long commandsUnaddressed() {
        return commands.unaddressedCount();
    }

    /** Lets wall-clock time pass: drains, sweeps, publications. */
    void pass(Duration time) {
        nanos += time.toNanos();
        driver.advanceWallClockTime(time);
        readOn();
    }

    /** Drains, and has the result shown. */
    void settle() {
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
    }

    /** Lets enough time pass for everything to be drained, swept, shown and published. */
    void publish() {
        for (int second = 0; second < 12; second++) {
            pass(Duration.ofSeconds(1));
        }
    }

    DeploymentSnapshot snapshot(String customer, String deployment) {
        DeploymentSnapshot snapshot = snapshots.get(new DeploymentId(customer, deployment));
        if (snapshot == null) {
            throw new AssertionError("no snapshot of " + customer + "/" + deployment + " but of " + snapshots.keySet());
        }
        return snapshot;
    }

    /** Deployments of a customer of which there is a snapshot. */
    List<String> deployments(String customer) {
        return snapshots.keySet().stream()
                .filter(one -> one.customer().equals(customer))
                .map(DeploymentId::deployment)
                .toList();
    }

    /** Reads an output topic to its end, as generic records by key order of arrival. */
    List<Map.Entry<String, GenericRecord>> read(String topic) {
        List<Map.Entry<String, GenericRecord>> records = new ArrayList<>();
        TestOutputTopic<byte[], byte[]> output =
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer(registry)) {
            for (TestRecord<byte[], byte[]> record : output.readRecordsToList()) {
                String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                records.add(Map.entry(key, (GenericRecord) deserializer.deserialize(topic, record.value())));
            }
        }
        return records;
    }

    /** Reads a topic, also an internal one, to its end as it is on the wire. */
    List<TestRecord<byte[], byte[]>> readRaw(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    GenericRecord deserialized(String topic, byte[] value) {
        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer(registry)) {
            return (GenericRecord) deserializer.deserialize(topic, value);
        }
    }

    MockSchemaRegistryClient registry() {
        return registry;
    }

    /** Switches the registry off or on; schemas that were asked for already are known all the same. */
    void registryDown(boolean isDown) {
        registry.isDown = isDown;
    }

    byte[] serialized(String topic, Object event) {
        return serializer.serialize(topic, event);
    }

    @Override
    public void close() {
        driver.close();
        serializer.close();
        try (var files = Files.walk(stateDirectory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
