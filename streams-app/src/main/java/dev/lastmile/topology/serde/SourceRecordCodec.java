package dev.lastmile.topology.serde;

import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keys (by topic, partition and offset, so in the order of reading) and values of the store of undecided records. */
public final class SourceRecordCodec {

    private static final int VERSION = 1;

    private SourceRecordCodec() {}

    /** Where the record stands. */
    public static byte[] key(SourceTopic topic, int partition, long offset) {
        return new ByteWriter()
                .raw(topic.name().getBytes(StandardCharsets.UTF_8))
                .octet(0)
                .fixed(partition)
                .fixed(offset)
                .toByteArray();
    }

    /** The whole record. */
    public static byte[] write(SourceRecord source) {
        ByteWriter out = new ByteWriter()
                .octet(VERSION)
                .text(source.topic().name())
                .number(source.partition())
                .number(source.offset())
                .number(source.appendMs());
        write(source.key(), out);
        write(source.value(), out);
        return out.toByteArray();
    }

    /** The record of some bytes. */
    public static SourceRecord read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(VERSION);
        return new SourceRecord(
                SourceTopic.of(in.text()),
                in.smallNumber(),
                in.number(),
                in.number(),
                readOptional(in),
                readOptional(in));
    }

    private static void write(byte @Nullable [] optional, ByteWriter out) {
        if (optional == null) {
            out.octet(0);
        } else {
            out.octet(1).sized(optional);
        }
    }

    private static byte @Nullable [] readOptional(ByteReader in) {
        return in.octet() == 0 ? null : in.sized();
    }
}
