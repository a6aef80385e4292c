package dev.lastmile.faults.exactness;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.app.PolicyParser;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import dev.lastmile.faults.traffic.Events;
import dev.lastmile.schema.Topics;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.Policies;
import dev.lastmile.topology.SnapshotSink;
import dev.lastmile.topology.TopologySettings;
import dev.lastmile.topology.serde.AvroEventDecoder;
import dev.lastmile.topology.serde.BucketCellCodec;
import dev.lastmile.topology.serde.DeploymentCodec;
import dev.lastmile.topology.serde.DeploymentKeys;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import dev.lastmile.topology.serde.RegistrySchemas;
import dev.lastmile.topology.serde.SliceCountsCodec;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The monitor's topology without a broker, and what its store holds: all of it, small cells included. */
final class DrivenMonitor implements AutoCloseable {

    /** So many records lie between two drains. */
    private static final int RECORDS_A_TICK = 1_000;

    private static final int TICKS_BETWEEN_SWEEPS = 10;
    private static final int ENTRIES_A_SWEEP = 50_000;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final String STORE = "deployments";

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
    private final KafkaAvroSerializer serializer =
            new KafkaAvroSerializer(registry, Map.of("schema.registry.url", "mock://exactness"));
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<String, Long> produced = new HashMap<>();

    /** A monitor that has seen nothing; its state goes to the directory. */
    DrivenMonitor(Path directory) throws IOException {
        Path policies = directory.resolve("policies.yaml");
        Files.writeString(
                policies, new ObjectMapper().writeValueAsString(Map.of("deployments", WatchedStream.deployments())));
        RegistrySchemas schemas = new RegistrySchemas(registry, System::nanoTime);
        TopologySettings settings = TopologySettings.live(
                new Policies(PolicyParser.read(policies)),
                () -> new AvroEventDecoder(schemas, MAX_RECORD_BYTES),
                serializer,
                customer -> {},
                new Nobody(),
                new TopologySettings.Pace(
                        TICK, TICK.multipliedBy(TICKS_BETWEEN_SWEEPS), ENTRIES_A_SWEEP, TICK.multipliedBy(60)));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "exactness");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                MonitorTopology.build(settings), properties, Instant.ofEpochMilli(OracleStream.START_MS));
    }

    /** Takes everything that arrives, the arrival being the time of the broker; then drains what is left. */
    void take(OracleStream stream) {
        int taken = 0;
        for (Arrival arrival : stream.arrivals()) {
            String topic = Events.topicOf(arrival.sent());
            inputs.computeIfAbsent(
                            topic,
                            name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                    .pipeInput(
                            Events.keyOf(arrival.sent()),
                            serializer.serialize(topic, Events.eventOf(arrival.sent())),
                            arrival.arrivalMs());
            if (++taken % RECORDS_A_TICK == 0) {
                tick();
            }
        }
        // The last drain, and the second stage's turn after it.
        for (int ticks = 0; ticks < TICKS_BETWEEN_SWEEPS + 2; ticks++) {
            tick();
        }
    }

    /**
     * Lets a month pass in which nobody sends anything that could be read.
     *
     * @param customers whose topics all move on
     */
    void letAMonthPass(OracleStream stream, Set<String> customers) {
        long lastMs = stream.arrivals().get(stream.arrivals().size() - 1).arrivalMs();
        long monthLaterMs = lastMs + Duration.ofDays(30).toMillis();
        byte[] unreadable = {1};
        for (String customer : customers) {
            for (String topic : List.of(Topics.inferences(customer), Topics.groundTruth(customer))) {
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                        .pipeInput(unreadable, unreadable, monthLaterMs);
            }
        }
        int sweeps = 1 + WatchedStream.RECORDS / ENTRIES_A_SWEEP;
        for (int ticks = 0; ticks < sweeps * TICKS_BETWEEN_SWEEPS + 2; ticks++) {
            tick();
        }
    }

    private void tick() {
        driver.advanceWallClockTime(TICK);
        // The driver keeps what nobody takes, changelogs too.
        for (String topic : driver.producedTopicNames()) {
            long count = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .size();
            produced.merge(topic, count, Long::sum);
        }
    }

    /** How many records went to a topic. */
    long produced(String topic) {
        return produced.getOrDefault(topic, 0L);
    }

    /** All that the store holds: a slice's total is what its cells hold, and what those held that were forgotten. */
    OracleResult result() {
        Map<SliceKey, SliceCounts> totals = new HashMap<>();
        Map<SliceKey, OracleCounts> slices = new HashMap<>();
        Map<BucketKey, OracleCounts> buckets = new HashMap<>();
        Map<String, Map<String, Long>> ledgers = new HashMap<>();
        for (DeploymentId deployment : deployments()) {
            Map<String, Long> counts = new HashMap<>();
            each(deployment, Part.HEAD, (key, value) -> DeploymentCodec.readHead(value)
                    .ledger()
                    .asMap()
                    .forEach((disposition, count) -> counts.put(disposition.wireName(), count)));
            ledgers.put(deployment.toString(), counts);
            each(deployment, Part.FORGOTTEN, (key, value) -> {
                VersionSlice slice = DeploymentKeys.versionSlice(key);
                totals.put(
                        keyOf(deployment, slice.modelVersion(), slice.slice().toString()),
                        SliceCountsCodec.read(value));
            });
            each(deployment, Part.CELL, (key, value) -> {
                CellKey cell = DeploymentKeys.cellKey(key);
                SliceKey slice =
                        keyOf(deployment, cell.modelVersion(), cell.slice().toString());
                SliceCounts its = BucketCellCodec.read(value).counts();
                buckets.put(new BucketKey(slice, cell.bucketStartMs()), counted(its));
                totals.computeIfAbsent(slice, any -> new SliceCounts()).add(its);
            });
        }
        totals.forEach((slice, total) -> slices.put(slice, counted(total)));
        return new OracleResult(slices, buckets, ledgers);
    }

    /** Every deployment the store knows, also one that collects what belongs to none. */
    private Set<DeploymentId> deployments() {
        Set<DeploymentId> deployments = new TreeSet<>();
        try (KeyValueIterator<Bytes, byte[]> all = store().all()) {
            while (all.hasNext()) {
                deployments.add(DeploymentKeys.deploymentOf(all.next().key));
            }
        }
        return deployments;
    }

    private void each(DeploymentId deployment, Part part, BiConsumer<Bytes, byte[]> consumer) {
        Bytes end = DeploymentKeys.endOf(deployment, part);
        try (KeyValueIterator<Bytes, byte[]> entries = store().range(DeploymentKeys.of(deployment, part), end)) {
            while (entries.hasNext() && !entries.peekNextKey().equals(end)) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                consumer.accept(entry.key, entry.value);
            }
        }
    }

    private KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(STORE);
    }

    private static SliceKey keyOf(DeploymentId deployment, String modelVersion, String slice) {
        return new SliceKey(deployment.customer(), deployment.deployment(), modelVersion, slice);
    }

    private static OracleCounts counted(SliceCounts counts) {
        return new OracleCounts(
                counts.received(),
                counts.labelled(),
                counts.emptyReferences(),
                counts.ratio().errors(),
                counts.ratio().trials(),
                counts.substitutions(),
                counts.deletions(),
                counts.insertions());
    }

    @Override
    public void close() {
        driver.close();
        serializer.close();
    }

    /** Nobody looks at snapshots here. */
    private static final class Nobody implements SnapshotSink {
        @Override
        public void publish(DeploymentSnapshot snapshot) {}

        @Override
        public void retire(DeploymentId deployment) {}
    }
}
