package dev.lastmile.faults.fuzz.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record as the broker gives it, and the same as one string of bytes, in which inputs are kept: topic, append time, how many
 * bytes the key has or -1, the key, 1 and the value or 0.
 *
 * @param topic its index in the world
 * @param appendMs broker append time, epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawRecord(int topic, long appendMs, byte @Nullable [] key, byte @Nullable [] value) {

    private static final int HEAD_BYTES = 1 + Long.BYTES + Integer.BYTES + 1;

    /** All of it. */
    public byte[] bytes() {
        int keyLength = key == null ? 0 : key.length;
        int valueLength = value == null ? 0 : value.length;
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + keyLength + valueLength);
        out.put((byte) topic).putLong(appendMs).putInt(key == null ? -1 : keyLength);
        if (key != null) {
            out.put(key);
        }
        out.put((byte) (value == null ? 0 : 1));
        if (value != null) {
            out.put(value);
        }
        return out.array();
    }

    /**
     * The record that those bytes are of.
     *
     * @param topics how many there are
     * @throws IllegalArgumentException for other bytes
     */
    public static RawRecord of(byte[] bytes, int topics) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int topic = in.get();
            long appendMs = in.getLong();
            int keyLength = in.getInt();
            byte[] key = keyLength < 0 ? null : new byte[Math.min(keyLength, in.remaining())];
            if (key != null) {
                in.get(key);
            }
            byte[] value = in.get() == 0 ? null : new byte[in.remaining()];
            if (value != null) {
                in.get(value);
            }
            return new RawRecord(Math.floorMod(topic, topics), appendMs, key, value);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("no record: " + bytes.length + " bytes", e);
        }
    }
}
