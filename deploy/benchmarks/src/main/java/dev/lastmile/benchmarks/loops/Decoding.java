package dev.lastmile.benchmarks.loops;

import dev.lastmile.event.Inference;
import dev.lastmile.join.HashLoop;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.SchemaSource.Resolution;
import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import dev.lastmile.topology.serde.AvroEventDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a record to a checked event. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Decoding {

    private static final int RECORDS = 256;
    private static final int ID = 7;
    private static final int MAX_BYTES = 1 << 20;

    /** Records in turn. */
    @State(Scope.Thread)
    public static class Records {

        private final List<SourceRecord> inferences = new ArrayList<>();
        private final List<SourceRecord> truths = new ArrayList<>();
        private final List<Inference> decoded = new ArrayList<>();
        /** As a registry has them: a schema of its own, equal to the one that is read with. */
        private final Schema inference =
                new Schema.Parser().parse(InferenceEvent.getClassSchema().toString());

        private final Schema truth =
                new Schema.Parser().parse(GroundTruthEvent.getClassSchema().toString());
        private final AvroEventDecoder decoder = new AvroEventDecoder(
                (schemaId, topic, reader) ->
                        new Resolution.Usable(reader.getName().equals("InferenceEvent") ? inference : truth),
                MAX_BYTES);
        private int next;

        private void make() throws IOException {
            TrustedRecords.trust();
            SourceTopic answers = SourceTopic.of("lastmile.bench.inferences.v1");
            SourceTopic labels = SourceTopic.of("lastmile.bench.ground-truth.v1");
            Instant noon = Instant.parse("2026-03-02T12:00:00Z");
            for (int i = 0; i < RECORDS; i++) {
                String id = "i-" + (1_000_000 + i);
                inferences.add(record(
                        answers,
                        id,
                        InferenceEvent.newBuilder()
                                .setDeployment("d" + i % 20)
                                .setModelVersion("v1")
                                .setInferenceId(id)
                                .setOccurredAt(noon.plusSeconds(i))
                                .setAttributes(Map.of(
                                        "accent", "a" + i % 10,
                                        "noise", "n" + i % 5,
                                        "device", "d" + i % 6,
                                        "site", "s" + i % 8))
                                .setOutput(new Label(i % 8 == 0 ? "no" : "yes"))
                                .build()));
                truths.add(record(
                        labels,
                        id,
                        GroundTruthEvent.newBuilder()
                                .setDeployment("d" + i % 20)
                                .setInferenceId(id)
                                .setObservedAt(noon.plusSeconds(600L + i))
                                .setTruth(new Label("yes"))
                                .setRevision(0)
                                .build()));
            }
        }

        /** Makes them, and decodes them once. */
        @Setup
        public void decode() throws IOException {
            make();
            for (SourceRecord record : inferences) {
                if (decoder.decode(record) instanceof Intake.AnInference intake) {
                    decoded.add(intake.inference());
                }
            }
        }

        private static SourceRecord record(SourceTopic topic, String id, SpecificRecord datum) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(0);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(ID).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecord>(datum.getSchema()).write(datum, encoder);
            encoder.flush();
            return new SourceRecord(topic, 0, 0, 0, id.getBytes(StandardCharsets.UTF_8), bytes.toByteArray());
        }

        private int next() {
            next = (next + 1) % RECORDS;
            return next;
        }
    }

    /** An inference with four attributes. */
    @Benchmark
    public Intake inference(Records records) {
        return records.decoder.decode(records.inferences.get(records.next()));
    }

    /** A ground truth. */
    @Benchmark
    public Intake groundTruth(Records records) {
        return records.decoder.decode(records.truths.get(records.next()));
    }

    /** The hash over a decoded inference. */
    @Benchmark
    public long contentHash(Records records) {
        return HashLoop.of(records.decoded.get(records.next()));
    }
}
