package dev.lastmile.topology.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends numbers and texts to a growing array; the formats of our own stores and internal topics are made of it. */
public final class ByteWriter {

    private byte[] bytes;
    private int size;

    /** One that is empty. */
    public ByteWriter() {
        this(256);
    }

    /** One with room for so many bytes before it grows. */
    public ByteWriter(int room) {
        bytes = new byte[room];
    }

    /** Copies what was written to where another array has room for it. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, size);
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets what was written, and keeps the room. */
    public ByteWriter clear() {
        size = 0;
        return this;
    }

    /** Bytes written. */
    public int size() {
        return size;
    }

    /** One byte. */
    public ByteWriter octet(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** A signed long, zigzag-coded so that small magnitudes are short: 1 to 10 bytes. */
    public ByteWriter number(long value) {
        reserve(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** Eight bytes, most significant first, so that unsigned byte order is number order for non-negative values. */
    public ByteWriter fixed(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Its length in UTF-8, then the text. */
    public ByteWriter text(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter sized(byte[] value) {
        number(value.length);
        return raw(value);
    }

    /** A number >= 0, seven bits a byte, the lowest first: 1 to 5 bytes, as RocksDB writes lengths. */
    public ByteWriter unsigned(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** What another one holds. */
    public ByteWriter all(ByteWriter other) {
        reserve(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
        return this;
    }

    /** A part of an array. */
    public ByteWriter part(byte[] value, int from, int count) {
        reserve(count);
        System.arraycopy(value, from, bytes, size, count);
        size += count;
        return this;
    }

    /** An array as it is. */
    public ByteWriter raw(byte[] value) {
        return part(value, 0, value.length);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
