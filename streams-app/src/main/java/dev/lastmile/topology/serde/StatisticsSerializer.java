package dev.lastmile.topology.serde;

import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.Interval;
import dev.lastmile.stats.RatioSums;
import dev.lastmile.topology.Report;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes statistics as customers read them. With many slices these are most of all records that are written, and the
 * registry's serializer looks the schema up by its hash for each, and goes through its fields by what they are called.
 *
 * <p>So that one writes the first record of a topic, whatever it has to ask or to register for it. What stands before the
 * record, a zero and the schema's id, is remembered if the record itself is what is written here; then the others follow with
 * the same bytes before them. Where the serializer writes otherwise, because its settings name another schema, it writes all.
 * For all threads.
 */
public final class StatisticsSerializer implements Serializer<Report.OfCell> {

    private static final int FRAME_BYTES = 5;

    /** Where the registry's serializer has to write everything. */
    private static final byte[] NONE = {};

    private final Serializer<Object> registered;
    private final Map<String, byte[]> frames = new ConcurrentHashMap<>();

    /**
     * @param registered writes our Avro records in the Confluent wire format
     */
    public StatisticsSerializer(Serializer<Object> registered) {
        this.registered = registered;
    }

    @Override
    public byte[] serialize(String topic, Report.OfCell report) {
        byte[] frame = frames.get(topic);
        if (frame == null) {
            return first(topic, report);
        }
        return frame.length == 0
                ? registered.serialize(topic, StatisticsEvents.of(report))
                : written(report, new ByteWriter().raw(frame)).toByteArray();
    }

    private byte[] first(String topic, Report.OfCell report) {
        byte[] all = registered.serialize(topic, StatisticsEvents.of(report));
        byte[] own = written(report, new ByteWriter()).toByteArray();
        boolean same = all.length == FRAME_BYTES + own.length
                && Arrays.equals(all, FRAME_BYTES, all.length, own, 0, own.length);
        frames.put(topic, same ? Arrays.copyOf(all, FRAME_BYTES) : NONE);
        return all;
    }

    /** The fields of the contract in its order. Numbers and texts are in our own formats as Avro has them. */
    private static ByteWriter written(Report.OfCell report, ByteWriter out) {
        SliceCounts counts = report.counts();
        RatioSums ratio = counts.ratio();
        Interval interval = ratio.interval().map(report.metric()::possible).orElse(null);
        out.text(report.deployment().customer())
                .text(report.deployment().deployment())
                .text(report.metric().wireName())
                .text(report.modelVersion());
        write(report.slice(), out);
        out.number(report.bucketStartMs())
                .number(report.bucketEndExclusiveMs())
                .number(counts.received())
                .number(counts.labelled())
                .number(ratio.errors())
                .number(ratio.trials())
                .number(report.metric().unitsPerTrial());
        write(ratio.ratio(), out);
        write(interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.lower()), out);
        write(interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.upper()), out);
        out.number(counts.emptyReferences())
                .number(counts.substitutions())
                .number(counts.deletions())
                .number(counts.insertions());
        write(
                counts.received() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(counts.labelled() / (double) counts.received()),
                out);
        write(counts.labelDelays().medianSeconds(), out);
        write(report.baselineVersion(), out);
        return out.number(report.updatedAtMs());
    }

    private static void write(Slice slice, ByteWriter out) {
        if (!slice.isOverall()) {
            out.number(slice.terms().size());
            for (Slice.Term term : slice.terms()) {
                out.text(term.dimension()).text(term.value());
            }
        }
        out.number(0).text(slice.toString());
    }

    /** One that may be null: which of the two it is, then the number, its lowest byte first. */
    private static void write(OptionalDouble value, ByteWriter out) {
        if (value.isEmpty()) {
            out.number(0);
        } else {
            out.number(1).fixed(Long.reverseBytes(Double.doubleToLongBits(value.getAsDouble())));
        }
    }

    private static void write(@Nullable String text, ByteWriter out) {
        if (text == null) {
            out.number(0);
        } else {
            out.number(1).text(text);
        }
    }
}
