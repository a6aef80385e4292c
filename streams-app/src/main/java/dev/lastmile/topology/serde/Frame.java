package dev.lastmile.topology.serde;

import java.nio.ByteBuffer;

/** The Confluent wire format: a zero byte, a 4-byte schema id, the datum. */
final class Frame {

    static final int HEADER_SIZE = 5;
    private static final byte MAGIC = 0;

    private Frame() {}

    static boolean isFramed(byte[] value) {
        return value.length >= HEADER_SIZE && value[0] == MAGIC;
    }

    static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    }
}
