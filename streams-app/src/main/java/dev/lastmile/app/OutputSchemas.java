package dev.lastmile.app;

import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.schema.SliceStatisticsEvent;
import dev.lastmile.schema.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what customers get, and knows beforehand what the registry calls it: a record that is to be sent while the registry is away
 * would hold up its stream thread, and so all customers of it.
 *
 * <p>The registry's serializer writes a made-up record of each output before a customer is read. What it writes before the record, a
 * zero and the schema's id, is remembered, also in a file, for a start while the registry is away; there it is asked again once it is
 * back. Where the record itself is not what is written here, because settings name another schema, that serializer writes all.
 */
final class OutputSchemas implements Serializer<Object> {

    /** Its name in the directory of the state. */
    static final String FILE = "output-schemas";

    private static final Logger LOG = LoggerFactory.getLogger(OutputSchemas.class);
    private static final int FRAME_BYTES = 5;
    private static final Duration SILENT_FOR = Duration.ofSeconds(4);

    /** Of those that are taken from the file, so many are asked for at a time. */
    private static final int ASKED_AT_ONCE = 200;

    /** Where the registry's serializer has to write everything. */
    private static final byte[] NONE = {};

    private final Serializer<Object> registered;
    private final Serializer<Object> patient;
    private final String registry;
    private final Path file;
    private final LongSupplier nanoTime;
    private final Map<String, byte[]> frames = new ConcurrentHashMap<>();

    /** What the file said, by topic. */
    private final Map<String, Kept> kept = new HashMap<>();

    /** Topics whose frame is the file's, since the registry could not be asked. */
    private final Map<String, Schema> believed = new TreeMap<>();

    /** Since it was written to the file. */
    private boolean isChanged;

    private boolean isSilent;
    private long silentUntilNanos;

    /**
     * A line of the file.
     *
     * @param of fingerprint of registry and contract: an id is another one's if either changed
     */
    private record Kept(int id, long of) {}

    /**
     * Asks nothing yet.
     *
     * @param registered the registry's serializer, which fails where the registry cannot be asked
     * @param patient the same, which does so only after a while
     * @param registry which one it is; nothing of it is written anywhere
     * @param file may be there or not
     */
    OutputSchemas(
            Serializer<Object> registered,
            Serializer<Object> patient,
            String registry,
            Path file,
            LongSupplier nanoTime) {
        this.registered = registered;
        this.patient = patient;
        this.registry = registry;
        this.file = file;
        this.nanoTime = nanoTime;
        read();
    }

    private static Map<String, Schema> outputsOf(String customer) {
        Map<String, Schema> outputs = new LinkedHashMap<>();
        outputs.put(Topics.deadLetters(customer), DeadLetterEvent.getClassSchema());
        outputs.put(Topics.sliceStatistics(customer), SliceStatisticsEvent.getClassSchema());
        outputs.put(Topics.alerts(customer), AlertEvent.getClassSchema());
        return outputs;
    }

    @Override
    public byte[] serialize(String topic, Object event) {
        byte[] frame = frames.get(topic);
        return frame == null || frame.length == 0
                ? patient.serialize(topic, event)
                : concatenated(frame, written(event));
    }

    /**
     * What is missing until everything a customer may get can be written without asking; nothing once it is known. Costs nothing then,
     * and nothing for a few seconds after the registry could not be asked.
     */
    synchronized Optional<String> lacks(String customer) {
        Optional<String> lacks = learn(customer);
        writeIfChanged();
        return lacks;
    }

    private Optional<String> learn(String customer) {
        for (Map.Entry<String, Schema> output : outputsOf(customer).entrySet()) {
            String topic = output.getKey();
            if (frames.containsKey(topic)) {
                continue;
            }
            String refusal = isSilent() ? "" : refusal(topic, output.getValue());
            if (refusal != null && !(refusal.isEmpty() && believe(topic, output.getValue()))) {
                return Optional.of(unknown(topic) + refusal);
            }
        }
        return Optional.empty();
    }

    /** Asks the registry. Absent if it answered, empty if it could not be asked. */
    private @Nullable String refusal(String topic, Schema schema) {
        try {
            learn(topic, schema);
            return null;
        } catch (KafkaException e) {
            if (PatientSerializer.mayPass(e)) {
                isSilent = true;
                silentUntilNanos = nanoTime.getAsLong() + SILENT_FOR.toNanos();
                return "";
            }
            return ", which refuses it: " + End.oneLine(End.rootOf(e));
        }
    }

    private boolean believe(String topic, Schema schema) {
        Kept its = kept.get(topic);
        if (its == null || its.of() != fingerprint(schema)) {
            return false;
        }
        frames.put(
                topic,
                ByteBuffer.allocate(FRAME_BYTES).put((byte) 0).putInt(its.id()).array());
        believed.put(topic, schema);
        return true;
    }

    private long fingerprint(Schema schema) {
        String text = registry + "\n" + SchemaNormalization.toParsingForm(schema);
        return SchemaNormalization.fingerprint64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unknown(String topic) {
        return "what the schema registry calls the records of the topic " + topic;
    }

    private boolean isSilent() {
        return isSilent && nanoTime.getAsLong() - silentUntilNanos < 0;
    }

    /** Asks for some of those that are taken from the file: a registry may have been made anew meanwhile. */
    synchronized void refresh() {
        List.copyOf(believed.entrySet()).stream().limit(ASKED_AT_ONCE).forEach(output -> {
            String refusal = isSilent() ? "" : refusal(output.getKey(), output.getValue());
            if (refusal != null && !refusal.isEmpty()) {
                believed.remove(output.getKey());
                LOG.atWarn()
                        .addKeyValue("topic", output.getKey())
                        .addKeyValue("why", refusal)
                        .log("The schema registry refuses what is written; it is written as before");
            }
        });
        writeIfChanged();
    }

    private void learn(String topic, Schema schema) {
        Object sample = new Sample().of(schema);
        byte[] all = registered.serialize(topic, sample);
        byte[] own = written(sample);
        boolean isSame = all.length == FRAME_BYTES + own.length
                && Arrays.equals(all, FRAME_BYTES, all.length, own, 0, own.length);
        byte[] frame = isSame ? Arrays.copyOf(all, FRAME_BYTES) : NONE;
        believed.remove(topic);
        frames.put(topic, frame);
        Kept now = isSame && frame[0] == 0
                ? new Kept(ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt(), fingerprint(schema))
                : null;
        Kept before = now == null ? kept.remove(topic) : kept.put(topic, now);
        isChanged |= !Objects.equals(before, now);
    }

    private static byte[] concatenated(byte[] frame, byte[] record) {
        return ByteBuffer.allocate(frame.length + record.length)
                .put(frame)
                .put(record)
                .array();
    }

    private static byte[] written(Object event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            if (event instanceof SpecificRecordBase record) {
                new SpecificDatumWriter<>(record.getSchema(), record.getSpecificData()).write(record, encoder);
            } else if (event instanceof GenericData.Record record) {
                new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
            } else {
                throw new IllegalArgumentException("not one of our records: " + event.getClass());
            }
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A line each: topic, id, fingerprint. */
    private void read() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] parts = line.split(" ", -1);
                kept.put(parts[0], new Kept(Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
            }
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            kept.clear();
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .setCause(e)
                    .log("Ids of schemas cannot be read; the registry is asked");
        }
    }

    private void writeIfChanged() {
        if (!isChanged) {
            return;
        }
        isChanged = false;
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(kept).forEach((topic, its) -> lines.append(topic)
                .append(' ')
                .append(its.id())
                .append(' ')
                .append(its.of())
                .append('\n'));
        Path next = file.resolveSibling(FILE + ".next");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(next, lines, StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", End.oneLine(e))
                    .log("Ids of schemas cannot be kept; a start without the registry will have to wait for it");
        }
    }

    /** Of a schema, with another value in each field, so that fields which changed places look different. */
    private static final class Sample {
        private int values;

        Object of(Schema schema) {
            values++;
            return switch (schema.getType()) {
                case RECORD -> {
                    GenericData.Record record = new GenericData.Record(schema);
                    schema.getFields().forEach(field -> record.put(field.pos(), of(field.schema())));
                    yield record;
                }
                case ENUM ->
                    new GenericData.EnumSymbol(
                            schema,
                            schema.getEnumSymbols()
                                    .get(values % schema.getEnumSymbols().size()));
                case ARRAY -> List.of(of(schema.getElementType()));
                case MAP -> Map.of("key" + values, of(schema.getValueType()));
                case UNION -> of(schema.getTypes().get(schema.getTypes().size() - 1));
                case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
                case STRING -> "value" + values;
                case BYTES -> ByteBuffer.wrap(new byte[] {(byte) values});
                case INT -> values;
                case LONG -> (long) values;
                case FLOAT -> (float) values;
                case DOUBLE -> (double) values;
                case BOOLEAN -> values % 2 == 0;
                case NULL -> throw new IllegalArgumentException("a field that may only be null: " + schema);
            };
        }
    }

    @Override
    public void close() {
        registered.close();
    }
}
