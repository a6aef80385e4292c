package dev.lastmile.faults.fuzz.schema;

import com.sun.management.ThreadMXBean;
import dev.lastmile.app.SystemGuards;
import dev.lastmile.faults.fuzz.record.Reading;
import dev.lastmile.faults.fuzz.record.Sender;
import dev.lastmile.faults.fuzz.run.Allowance;
import dev.lastmile.faults.fuzz.run.Finding;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SchemaSource.Resolution;
import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import dev.lastmile.topology.serde.AvroEventDecoder;
import dev.lastmile.topology.serde.BoundedSchemaProvider;
import dev.lastmile.topology.serde.RegistrySchemas;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.avro.Schema;

/**
 * Hostile schemas through the genuine client and the monitor's own check: each is refused for good, or safe. Under one that is safe
 * datums are read, right ones and wrong ones, within the same time and with no more memory than any other.
 */
public final class SchemaFuzzer implements Fuzzer {

    private static final long NOON_MS = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final String CUSTOMER = "st-marys";
    private static final String TOPIC = Topics.inferences(CUSTOMER);
    private static final Duration SLOW = Duration.ofMillis(50);

    /** The answer's body, and what parses it: of each byte of the schema so many. */
    private static final long ALLOCATED_A_BYTE = 32;

    private static final long ALLOCATED_AT_LEAST = 64 << 20;

    /** As of any other record: of it, and of each of its bytes. */
    private static final long ALLOCATED_FOR_A_DATUM = 512 << 10;

    private static final long ALLOCATED_FOR_ITS_BYTE = 64;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MAX_RECORD_BYTES = 1_000_000;
    private static final int DATUMS = 20;
    private static final int FRAME_BYTES = 5;
    private static final Set<RefusalReason> REASONS =
            Set.of(RefusalReason.SCHEMA_REJECTED, RefusalReason.SCHEMA_INCOMPATIBLE);

    private final SchemaServer server;
    private final RegistrySchemas schemas;
    private final AvroEventDecoder decoder;
    private int lastId;
    private long nanos;

    /** With a registry of its own on loopback. */
    public SchemaFuzzer() throws IOException {
        SystemGuards.apply();
        server = SchemaServer.of(Topics.valueSubject(TOPIC));
        schemas = new RegistrySchemas(
                new CachedSchemaRegistryClient(
                        List.of(server.url()), 100, List.of(new BoundedSchemaProvider()), Map.of(), Map.of()),
                this::later);
        decoder = new AvroEventDecoder(schemas, MAX_RECORD_BYTES);
    }

    private long later() {
        nanos += Duration.ofSeconds(2).toNanos();
        return nanos;
    }

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public byte[] input(SplittableRandom random) {
        return HostileSchemas.of(random).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Allowance allowanceFor(byte[] input) {
        return new Allowance(SLOW, ALLOCATED_AT_LEAST + ALLOCATED_A_BYTE * input.length);
    }

    @Override
    public String tryOut(byte[] input) throws Finding, IOException {
        String text = new String(input, StandardCharsets.UTF_8);
        int references = 0;
        if (text.startsWith(HostileSchemas.REFERENCES)) {
            int line = text.indexOf('\n');
            references = Integer.parseInt(text.substring(HostileSchemas.REFERENCES.length(), line));
            text = text.substring(line + 1);
        }
        int id = ++lastId;
        server.offer(id, text, references);
        Resolution resolution = schemas.resolve(id, TOPIC, InferenceEvent.getClassSchema());
        if (resolution instanceof Resolution.Refused refused && REASONS.contains(refused.reason())) {
            return refused.reason().name();
        }
        if (!(resolution instanceof Resolution.Usable usable)) {
            throw new Finding("is " + resolution);
        }
        SplittableRandom random = new SplittableRandom(input.length);
        for (int i = 0; i < DATUMS; i++) {
            readDatum(id, usable.writer(), i == 0, random);
        }
        return "usable";
    }

    private void readDatum(int id, Schema writer, boolean first, SplittableRandom random) throws Finding {
        Sender.Intent intent =
                new Sender.Intent(CUSTOMER, "ward-7", "i-1", NOON_MS, random.nextBoolean() ? 30 : 1_000_000);
        byte[] datum = Sender.datum(writer, intent, random);
        byte[] value = ByteBuffer.allocate(FRAME_BYTES + datum.length)
                .put((byte) 0)
                .putInt(id)
                .put(datum)
                .array();
        SourceRecord record =
                new SourceRecord(SourceTopic.of(TOPIC), 0, 0, NOON_MS, "i-1".getBytes(StandardCharsets.UTF_8), value);
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        Intake.OfRecord intake = decoder.decode(record);
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        // What reads the schema's first datum is made for all of them, and is as large as the schema.
        if (!first && allocated > ALLOCATED_FOR_A_DATUM + ALLOCATED_FOR_ITS_BYTE * value.length) {
            throw new Finding("a datum of " + value.length + " bytes takes " + allocated + " bytes of heap: "
                    + java.util.HexFormat.of().formatHex(value));
        }
        if (intake instanceof Intake.AnInference && !Reading.isDatum(writer, value, FRAME_BYTES)) {
            throw new Finding("what is no datum of it was accepted: "
                    + java.util.HexFormat.of().formatHex(value));
        }
        boolean isRefused = intake instanceof Intake.Refused refused && !REASONS.contains(refused.reason());
        if (!(intake instanceof Intake.AnInference) && !isRefused) {
            throw new Finding("a datum of it is " + intake);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
