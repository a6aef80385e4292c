package dev.lastmile.topology.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Bytes that do not parse mean a broken store or topic of our own, which is a broken
 * invariant: every method throws {@link IllegalStateException} at the end of the array.
 */
public final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads from the first byte on. */
    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads a part. */
    public ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        position = from;
    }

    /** Whether there is a byte left. */
    public boolean hasMore() {
        return position < end;
    }

    /** One byte, 0 to 255. */
    public int octet() {
        if (position >= end) {
            throw new IllegalStateException("truncated at " + position);
        }
        return bytes[position++] & 0xFF;
    }

    /** See {@link ByteWriter#number}. */
    public long number() {
        long rest = 0;
        int shift = 0;
        int next;
        do {
            next = octet();
            rest |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while ((next & 0x80) != 0 && shift < 70);
        return (rest >>> 1) ^ -(rest & 1);
    }

    /** See {@link ByteWriter#unsigned}. */
    public int unsigned() {
        int value = 0;
        int shift = 0;
        int next;
        do {
            next = octet();
            value |= (next & 0x7F) << shift;
            shift += 7;
        } while ((next & 0x80) != 0 && shift < 35);
        if (value < 0) {
            throw new IllegalStateException("not a number >= 0 at " + position + ": " + value);
        }
        return value;
    }

    /** Where the next byte is read. */
    public int position() {
        return position;
    }

    /** Leaves some out. */
    public void skip(int count) {
        if (count > end - position) {
            throw new IllegalStateException("truncated at " + position);
        }
        position += count;
    }

    /** Appends what is left to something else. */
    public ByteWriter moveTo(ByteWriter target) {
        int from = position;
        position = end;
        return target.part(bytes, from, end - from);
    }

    int size() {
        long size = number();
        if (size < 0 || size > end - position) {
            throw new IllegalStateException("size out of range at " + position + ": " + size);
        }
        return (int) size;
    }

    /** A count of things that take at least a byte each. */
    int smallUnsigned() {
        int count = unsigned();
        if (count > end - position) {
            throw new IllegalStateException("size out of range at " + position + ": " + count);
        }
        return count;
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    /** See {@link ByteWriter#fixed}. */
    public long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    /** See {@link ByteWriter#text}. */
    public String text() {
        return new String(sized(), StandardCharsets.UTF_8);
    }

    byte[] sized() {
        int size = size();
        byte[] value = Arrays.copyOfRange(bytes, position, position + size);
        position += size;
        return value;
    }

    byte[] rest() {
        byte[] value = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return value;
    }

    /**
     * Checks the leading byte that tells the format.
     *
     * @throws ForeignStateException if it is another one
     */
    public ByteReader expectVersion(int version) {
        int found = octet();
        if (found != version) {
            throw new ForeignStateException("format " + found + " is not " + version);
        }
        return this;
    }
}
