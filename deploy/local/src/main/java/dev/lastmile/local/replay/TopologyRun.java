package dev.lastmile.local.replay;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.local.broker.TemporaryDirectory;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Limits;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.Policies;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SnapshotSink;
import dev.lastmile.topology.TopologySettings;
import dev.lastmile.topology.serde.AvroEventDecoder;
import dev.lastmile.topology.serde.RegistrySchemas;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The monitor's own topology, driven record by record without a broker. The driver commits after every record and its
 * clock moves only when told to, so the same files give the same result.
 */
final class TopologyRun implements SnapshotSink {

    /** So many records lie between two drains of the first stage; a live monitor drains once a second. */
    private static final int RECORDS_A_DRAIN = 500;

    private static final int MAX_RECORD_BYTES = 1_000_000;
    private static final Duration TICK = Duration.ofSeconds(1);

    /** A drain, the second stage's turn after it, and its turn to show what it has. */
    private static final int TICKS_TO_SETTLE = 3;

    /** Statistics by bucket go to no one here, so they are hardly ever published. */
    private static final TopologySettings.Pace PACE =
            new TopologySettings.Pace(TICK, Duration.ofSeconds(10), 50_000, Duration.ofDays(365));

    /** Files show their owner every slice, however few labels it has. */
    private static final long SHOWN = 0;

    private final Policies policies;
    private final WireFormat wire;
    private final Rejects rejects;
    private final Map<DeploymentId, DeploymentSnapshot> snapshots = new TreeMap<>();
    private final Map<String, AlertEvent> alerts = new HashMap<>();

    /** In the order they are sent: one source reads all topics, so this is the order of their offsets too. */
    private List<TimedRecord> sent = List.of();

    TopologyRun(Policies policies, WireFormat wire, Rejects rejects) {
        this.policies = new Policies(
                policies.all().stream().map(TopologyRun::forgettingNothing).toList());
        this.wire = wire;
        this.rejects = rejects;
    }

    /**
     * A monitor forgets an id once no record of it can be in time; how late a file's records are is for the horizon alone to
     * judge, so that a ground truth of years later is too late and an id of years later is the same id.
     */
    private static DeploymentPolicy forgettingNothing(DeploymentPolicy policy) {
        Limits limits = policy.limits();
        return policy.withLimits(new Limits(limits.valuesPerDimension(), limits.liveSlices(), Limits.LONGEST_AGE));
    }

    /**
     * Replays the records.
     *
     * @param records in the order in which they are replayed
     * @param progress told how many are done
     */
    ReplayResult run(List<TimedRecord> records, IntConsumer progress) throws IOException {
        sent = records;
        Instant start =
                Instant.ofEpochMilli(records.isEmpty() ? 0 : records.get(0).atMs());
        try (TemporaryDirectory state = TemporaryDirectory.create("lastmile-replay-");
                TopologyTestDriver driver =
                        new TopologyTestDriver(MonitorTopology.build(settings()), properties(state), start)) {
            Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
            int done = 0;
            for (TimedRecord record : records) {
                inputs.computeIfAbsent(record.topic(), topic -> input(driver, topic))
                        .pipeInput(record.key(), record.value(), record.atMs());
                if (++done % RECORDS_A_DRAIN == 0) {
                    driver.advanceWallClockTime(TICK);
                    take(driver);
                    progress.accept(done);
                }
            }
            for (int tick = 0; tick < TICKS_TO_SETTLE; tick++) {
                driver.advanceWallClockTime(TICK);
            }
            take(driver);
            progress.accept(done);
            // Before the driver closes, when every deployment retires.
            return result();
        }
    }

    private ReplayResult result() {
        List<AlertEvent> ordered = new ArrayList<>(alerts.values());
        ordered.sort(Comparator.comparing(AlertEvent::getStartedAt).thenComparing(AlertEvent::getAlertId));
        return new ReplayResult(new ArrayList<>(snapshots.values()), ordered);
    }

    private TopologySettings settings() {
        RegistrySchemas schemas = new RegistrySchemas(wire.registry(), System::nanoTime);
        return new TopologySettings(
                policies,
                () -> new AvroEventDecoder(schemas, MAX_RECORD_BYTES),
                wire::write,
                customer -> {},
                this,
                PACE,
                SHOWN,
                false);
    }

    private static Properties properties(TemporaryDirectory state) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "lastmile-replay");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.path().toString());
        // Records come one by one: there is no other partition to wait for.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return properties;
    }

    private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver, String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Takes what was produced. All of it, whatever the topic: the driver keeps what nobody takes. */
    private void take(TopologyTestDriver driver) {
        for (String topic : driver.producedTopicNames()) {
            List<TestRecord<byte[], byte[]>> produced = driver.createOutputTopic(
                            topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
            boolean isAlerts = isOf(topic, ".alerts.v1");
            boolean isDeadLetters = isOf(topic, ".dead-letters.v1");
            for (TestRecord<byte[], byte[]> record : produced) {
                if (isAlerts) {
                    AlertEvent alert = wire.read(topic, record.value(), AlertEvent.class);
                    alerts.put(alert.getAlertId(), alert);
                } else if (isDeadLetters) {
                    reject(wire.read(topic, record.value(), DeadLetterEvent.class));
                }
            }
        }
    }

    private static boolean isOf(String topic, String suffix) {
        return topic.endsWith(suffix) && Topics.customerOf(topic).isPresent();
    }

    private void reject(DeadLetterEvent letter) {
        TimedRecord record = sent.get(Math.toIntExact(letter.getSourceOffset()));
        if (!record.topic().equals(letter.getSourceTopic())) {
            throw new IllegalStateException(
                    "a dead letter of " + letter.getSourceTopic() + " points to a record of " + record.topic());
        }
        RefusalReason reason = RefusalReason.valueOf(letter.getReason().name());
        rejects.add(
                record.file(),
                record.line(),
                columnOf(reason, record),
                "refused by the monitor: " + reason + ", " + reason.explanation());
    }

    /** The column that a refused row has to thank for it; empty where it is none in particular. */
    private static String columnOf(RefusalReason reason, TimedRecord record) {
        return switch (reason) {
            case UNKNOWN_DEPLOYMENT, TOO_MANY_DEPLOYMENTS -> "deployment";
            case WRONG_ANSWER_TYPE, NOT_SCORABLE -> record.isTruth() ? "truth" : "output";
            case TOO_MANY_REVISIONS, CORRECTIONS_OFF -> "revision";
            case TIME_TOO_OLD, TIME_FUTURE -> record.isTruth() ? "observed_at" : "occurred_at";
            case BAD_FRAME,
                    BAD_AVRO,
                    TOO_LARGE,
                    UNKNOWN_SCHEMA,
                    TOO_MANY_SCHEMAS,
                    SCHEMA_INCOMPATIBLE,
                    SCHEMA_NOT_FOR_TOPIC,
                    SCHEMA_REJECTED,
                    NULL_VALUE,
                    KEY_MISMATCH,
                    VALUE_OUT_OF_RANGE,
                    TENANT_MISMATCH -> "";
        };
    }

    @Override
    public void publish(DeploymentSnapshot snapshot) {
        snapshots.put(snapshot.deployment(), snapshot);
    }

    @Override
    public void retire(DeploymentId deployment) {
        snapshots.remove(deployment);
    }
}
