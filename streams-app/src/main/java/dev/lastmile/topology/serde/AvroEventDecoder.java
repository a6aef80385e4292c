package dev.lastmile.topology.serde;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.topology.EventDecoder;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SchemaSource;
import dev.lastmile.topology.SchemaSource.Resolution;
import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in the Confluent wire format, step by step, so that every way to be wrong has its own reason: frame, size,
 * schema, datum, end of datum, fields. Policies and times are judged afterwards, see {@code Admission}.
 *
 * <p>Not thread-safe: one per stream task.
 */
public final class AvroEventDecoder implements EventDecoder {

    private static final Schema INFERENCE = InferenceEvent.getClassSchema();
    private static final Schema GROUND_TRUTH = GroundTruthEvent.getClassSchema();

    /** Some hundred kilobytes each at most: writer schemas are of a stranger's choice. */
    private static final int MAX_READERS = 100;

    private final SchemaSource schemas;
    private final int maxRecordBytes;
    private final Map<Schema, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private final DeploymentIds deployments = new DeploymentIds();
    private final StrictDecoder bytes = new StrictDecoder();

    /**
     * @param schemas where writer schemas come from
     * @param maxRecordBytes records whose key and value are larger together are refused unread
     */
    public AvroEventDecoder(SchemaSource schemas, int maxRecordBytes) {
        this.schemas = schemas;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public Intake.OfRecord decode(SourceRecord source) {
        byte[] value = source.value();
        RefusalReason unread = reasonNotToReadIt(source);
        if (unread != null || value == null) {
            return refused(unread == null ? RefusalReason.NULL_VALUE : unread, source);
        }
        boolean isInference = source.topic().holdsInferences();
        Schema reader = readerOf(source.topic());
        Resolution resolution =
                schemas.resolve(Frame.schemaId(value), source.topic().name(), reader);
        if (resolution instanceof Resolution.Usable usable) {
            return decode(source, value, usable.writer(), reader, isInference);
        } else if (resolution instanceof Resolution.Refused refused) {
            return refused(refused.reason(), source);
        }
        return new Intake.Undecided(source, resolution instanceof Resolution.Throttled);
    }

    /** Whatever its schema. */
    private @Nullable RefusalReason reasonNotToReadIt(SourceRecord source) {
        byte[] value = source.value();
        byte[] key = source.key();
        if (value == null || key == null) {
            return RefusalReason.NULL_VALUE;
        }
        if (key.length + value.length > maxRecordBytes) {
            return RefusalReason.TOO_LARGE;
        }
        return Frame.isFramed(value) ? null : RefusalReason.BAD_FRAME;
    }

    @Override
    public OptionalInt schemaOf(SourceRecord source) {
        byte[] value = source.value();
        return value == null || reasonNotToReadIt(source) != null
                ? OptionalInt.empty()
                : OptionalInt.of(Frame.schemaId(value));
    }

    @Override
    public Resolution resolve(SourceTopic topic, int schemaId) {
        return schemas.resolveAtOnce(schemaId, topic.name(), readerOf(topic));
    }

    private static Schema readerOf(SourceTopic topic) {
        return topic.holdsInferences() ? INFERENCE : GROUND_TRUTH;
    }

    private Intake.OfRecord decode(
            SourceRecord source, byte[] value, Schema writer, Schema reader, boolean isInference) {
        GenericRecord datum;
        try {
            bytes.readFrom(value, Frame.HEADER_SIZE);
            datum = readerOf(writer, reader).read(null, bytes);
            if (!bytes.isEnd()) {
                return refused(RefusalReason.BAD_AVRO, source);
            }
        } catch (IOException
                | AvroRuntimeException
                | ArithmeticException
                | ClassCastException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | UnsupportedOperationException
                | StackOverflowError e) {
            // All that Avro throws on bytes that are not a datum of their schema; the stack is bounded by SchemaShape.
            return refused(RefusalReason.BAD_AVRO, source);
        }
        return event(source, datum, isInference);
    }

    private Intake.OfRecord event(SourceRecord source, GenericRecord datum, boolean isInference) {
        String customer = source.topic().customer();
        String named = EventReader.namedCustomer(datum, isInference);
        if (named != null && !named.equals(customer)) {
            return refused(RefusalReason.TENANT_MISMATCH, source);
        }
        try {
            return isInference
                    ? new Intake.AnInference(EventReader.inference(customer, datum, deployments), source)
                    : new Intake.ATruth(EventReader.groundTruth(customer, datum, deployments), source);
        } catch (IllegalArgumentException e) {
            return refused(RefusalReason.VALUE_OUT_OF_RANGE, source);
        }
    }

    private GenericDatumReader<GenericRecord> readerOf(Schema writer, Schema reader) {
        GenericDatumReader<GenericRecord> known = readers.get(writer);
        if (known == null) {
            if (readers.size() >= MAX_READERS) {
                readers.clear();
            }
            known = new GenericDatumReader<>(writer, reader);
            readers.put(writer, known);
        }
        return known;
    }

    private static Intake.OfRecord refused(RefusalReason reason, SourceRecord source) {
        return new Intake.Refused(reason, source, null, null);
    }
}
