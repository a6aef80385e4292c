package dev.lastmile.faults.fuzz.broker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.faults.fuzz.record.Judge;
import dev.lastmile.faults.fuzz.record.RawRecord;
import dev.lastmile.faults.fuzz.record.RecordMaker;
import dev.lastmile.faults.fuzz.record.World;
import dev.lastmile.faults.fuzz.record.World.Watched;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.verdict.RecordVerdict;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fuzzed records with fuzzed headers through a broker; then every one must have ended in one way, the right one, and the monitor
 * must be the same process with the same threads as before.
 */
public final class BrokerFuzzing {

    /** As the installation's monitors are told. */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    /** Each costs a second a topic. */
    private static final int UNKNOWN_IDS = 4;

    private static final int MOST_HEADERS = 3_000;
    private static final int HEADERS_ON_VALUES_BELOW = 10_000;
    private static final int MAX_REQUEST_BYTES = 8 << 20;
    private static final int HOUR_MS = 3_600_000;
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Pattern FAILED_THREADS =
            Pattern.compile("(?m)^lastmile_streams_failed_threads_total ([0-9.]+)$");

    /**
     * What came of it.
     *
     * @param broken promises, a line each
     * @param records that the broker took
     * @param letters by reason
     * @param took from the first record to the verdict
     */
    public record Result(List<String> broken, long records, Map<String, Long> letters, Duration took) {

        public Result {
            broken = List.copyOf(broken);
            letters = Map.copyOf(letters);
        }
    }

    private BrokerFuzzing() {}

    /**
     * Sends so many records.
     *
     * @param directory empty; data and logs stay there
     */
    public static Result of(long seed, long count, Path directory) throws IOException, InterruptedException {
        try (Installation installation = Installation.start(directory, Shape.ONE)) {
            SchemaRegistryClient registry = registry(installation.registryUrl());
            World world = World.in(registry, watched());
            MonitorProcess monitor = installation.monitors().get(0);
            long started = System.nanoTime();
            long sent = send(seed, count, installation.bootstrapServers(), world, monitor);
            RecordVerdict verdict = RecordVerdict.of(
                    installation.bootstrapServers(),
                    OracleStream.customers(),
                    judging(world, idsIn(registry)),
                    installation.monitors(),
                    READY_WITHIN.plus(Duration.ofSeconds(count / 1_000)),
                    false);
            List<String> broken = new ArrayList<>(verdict.broken());
            if (verdict.records() != sent) {
                broken.add(sent + " records were sent and the broker has " + verdict.records());
            }
            broken.addAll(harm(monitor));
            return new Result(
                    broken, verdict.records(), verdict.letters(), Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private static SchemaRegistryClient registry(String url) throws IOException {
        SchemaRegistryClient registry = new CachedSchemaRegistryClient(List.of(url), 100, Map.of());
        try {
            // Of all subjects.
            registry.updateCompatibility(null, "NONE");
        } catch (RestClientException e) {
            throw new IOException("the registry does not do as it is told", e);
        }
        return registry;
    }

    /** Those of the monitor's own outputs included, which a damaged id may happen to be. */
    private static Set<Integer> idsIn(SchemaRegistryClient registry) throws IOException {
        Set<Integer> ids = new HashSet<>();
        try {
            for (String subject : registry.getAllSubjects()) {
                for (int version : registry.getAllVersions(subject)) {
                    ids.add(registry.getSchemaMetadata(subject, version).getId());
                }
            }
        } catch (RestClientException e) {
            throw new IOException("the registry does not say what it has", e);
        }
        return ids;
    }

    private static List<Watched> watched() {
        return OracleStream.policies().stream()
                .map(policy -> new Watched(policy.customer(), policy.deployment(), policy.metric(), MAX_AGE))
                .toList();
    }

    /**
     * @param registered ids of all schemas that the registry has in the end; some of other topics came after the first records
     */
    private static RecordVerdict.Judging judging(World world, Set<Integer> registered) {
        Judge judge = new Judge(world);
        return record -> {
            Judge.Verdict verdict = judge.on(raw(record, world));
            String reason = verdict.reason() == null ? RecordVerdict.ACCEPTED : verdict.reason();
            if (verdict.open()) {
                return Set.of(reason, "WRONG_ANSWER_TYPE");
            }
            if (reason.equals("UNKNOWN_SCHEMA")) {
                // Which it is depends on how many wait to be looked up.
                return registered.contains(schemaIdOf(record.value()))
                        ? Set.of(reason, "TOO_MANY_SCHEMAS", "SCHEMA_NOT_FOR_TOPIC")
                        : Set.of(reason, "TOO_MANY_SCHEMAS");
            }
            return verdict.reason() == null ? Set.of() : Set.of(reason);
        };
    }

    /** Of what has a frame, since it has an unknown one. */
    private static int schemaIdOf(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> record, World world) {
        return new RawRecord(world.topics().indexOf(record.topic()), record.timestamp(), record.key(), record.value());
    }

    private static long send(long seed, long count, String bootstrapServers, World world, MonitorProcess monitor)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        RecordMaker maker = new RecordMaker(world, UNKNOWN_IDS);
        AtomicReference<Exception> failure = new AtomicReference<>();
        long nowMs = System.currentTimeMillis();
        List<RawRecord> first = maker.oneOfEach(nowMs);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "linger.ms",
                        20,
                        "compression.type",
                        "lz4",
                        "max.request.size",
                        MAX_REQUEST_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            first.forEach(record -> send(record(record, world), producer, failure));
            producer.flush();
            // A topic that asks for ids which nobody knows waits for its next look-up: the others must be known before.
            Patience.of(READY_WITHIN).until("the first records are counted", () -> received(monitor) >= first.size());
            for (long i = 0; i < count; i++) {
                ProducerRecord<byte[], byte[]> record =
                        record(maker.make(nowMs - random.nextInt(HOUR_MS), random), world);
                addHeaders(record, random);
                send(record, producer, failure);
            }
        }
        if (failure.get() != null) {
            throw new IOException("a record was not taken", failure.get());
        }
        return first.size() + count;
    }

    private static ProducerRecord<byte[], byte[]> record(RawRecord made, World world) {
        return new ProducerRecord<>(world.topics().get(made.topic()), null, made.appendMs(), made.key(), made.value());
    }

    private static void send(
            ProducerRecord<byte[], byte[]> record,
            KafkaProducer<byte[], byte[]> producer,
            AtomicReference<Exception> failure) {
        // The callback says all that the future would.
        Future<RecordMetadata> unused = producer.send(record, (metadata, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    private static long received(MonitorProcess monitor) throws IOException, InterruptedException {
        long received = 0;
        for (JsonNode deployment : monitor.json("api/v1/deployments")) {
            received += deployment.required("inferencesReceived").longValue()
                    + deployment.required("truthsReceived").longValue();
        }
        return received;
    }

    private static void addHeaders(ProducerRecord<byte[], byte[]> record, SplittableRandom random) {
        byte[] value = record.value();
        if (random.nextInt(10) != 0 || (value != null && value.length > HEADERS_ON_VALUES_BELOW)) {
            return;
        }
        int headers = random.nextInt(20) == 0 ? random.nextInt(MOST_HEADERS) : random.nextInt(4);
        for (int i = 0; i < headers; i++) {
            byte[] content = new byte[random.nextInt(40)];
            random.nextBytes(content);
            String name =
                    switch (random.nextInt(4)) {
                        case 0 -> "";
                        case 1 -> "__TypeId__";
                        case 2 -> new String(content, StandardCharsets.UTF_8);
                        default -> "traceparent";
                    };
            record.headers().add(name, random.nextInt(5) == 0 ? null : content);
        }
    }

    private static List<String> harm(MonitorProcess monitor) throws IOException, InterruptedException {
        List<String> harm = new ArrayList<>();
        if (!monitor.child().isAlive()) {
            harm.add("the monitor is gone: " + monitor.child().said());
            return harm;
        }
        Matcher threads = FAILED_THREADS.matcher(monitor.get("metrics"));
        if (!threads.find() || Double.parseDouble(threads.group(1)) != 0) {
            harm.add("stream threads died: " + (threads.hitEnd() ? "nobody knows how many" : threads.group(1)));
        }
        if (!monitor.isReady()) {
            harm.add("the monitor is not ready: " + monitor.readiness());
        }
        return harm;
    }
}
