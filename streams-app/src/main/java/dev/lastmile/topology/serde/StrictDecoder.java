package dev.lastmile.topology.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding as its specification has it and no wider, so that whoever else reads what was accepted reads the same.
 * Avro's own decoder takes more: text that is no UTF-8, of which it makes other text; numbers with more bits than they have room
 * for, of which it drops some; lengths below zero, as long as nobody asks for what they are of; and it lets a block that is skipped
 * say how long it is. Here all of that is malformed, and blocks are skipped item by item.
 *
 * <p>Nothing is allocated by a length or count that the rest of the bytes cannot hold, whatever the limits of the JVM's own Avro
 * are. Items of no bytes are not guarded against: {@link SchemaShape} lets no array of them pass. Not thread-safe.
 */
final class StrictDecoder extends Decoder {

    /** Of one collection that is read: several times what the contract's may hold. */
    static final int MOST_ITEMS = 10_000;

    private static final char REPLACEMENT = '\uFFFD';
    private static final int LAST_BITS_OF_INT = 4;
    private static final int LAST_BITS_OF_LONG = 1;

    private byte[] bytes = {};
    private int at;
    private int end;

    /** Items so far of the collection that is read; the contract's do not nest. */
    private long items;

    /** Starts with these bytes, which are not copied. */
    void readFrom(byte[] newBytes, int from) {
        bytes = newBytes;
        at = from;
        end = newBytes.length;
        items = 0;
    }

    /** Whether all bytes were read. */
    boolean isEnd() {
        return at == end;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        int value = next();
        if (value > 1) {
            throw new IOException("a boolean must be 0 or 1: " + value);
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        int first = next();
        int number = first;
        if (first > 0x7F) {
            number = (int) unsigned(first, Integer.SIZE, LAST_BITS_OF_INT);
        }
        return (number >>> 1) ^ -(number & 1);
    }

    @Override
    public long readLong() throws IOException {
        int first = next();
        long number = first > 0x7F ? unsigned(first, Long.SIZE, LAST_BITS_OF_LONG) : first;
        return (number >>> 1) ^ -(number & 1);
    }

    /** Seven bits a byte, the lowest first; the last byte that fits may use only so many of its own. */
    private long unsigned(int first, int size, int lastBits) throws IOException {
        long number = first & 0x7F;
        int shift = 7;
        int next;
        do {
            next = next();
            if (shift + 7 > size && next >>> lastBits != 0) {
                throw new IOException("a number of more than " + size + " bits");
            }
            number |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next > 0x7F);
        return number;
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    private long littleEndian(int size) throws IOException {
        int from = skip(size);
        long bits = 0;
        for (int i = size - 1; i >= 0; i--) {
            bits = (bits << Byte.SIZE) | (bytes[from + i] & 0xFF);
        }
        return bits;
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        int length = length();
        int from = skip(length);
        Utf8 text = new Utf8(Arrays.copyOfRange(bytes, from, at));
        // Kept by the text, which is asked for it anyway.
        requireUtf8(text.toString(), from, length);
        return text;
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        int from = skip(length);
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        requireUtf8(text, from, length);
        return text;
    }

    /** What is no UTF-8 was replaced; what was not may hold that character by itself. */
    private void requireUtf8(String text, int from, int length) throws IOException {
        if (text.indexOf(REPLACEMENT) >= 0) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
        }
    }

    @Override
    public void skipString() throws IOException {
        readString();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int length = length();
        int from = skip(length);
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, at));
    }

    @Override
    public void skipBytes() throws IOException {
        int length = length();
        skip(length);
    }

    @Override
    public void readFixed(byte[] into, int start, int length) throws IOException {
        int from = skip(length);
        System.arraycopy(bytes, from, into, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        skip(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        items = 0;
        return arrayNext();
    }

    @Override
    public long arrayNext() throws IOException {
        long count = skipArray();
        items += count;
        if (items > MOST_ITEMS) {
            throw new IOException("a collection of more than " + MOST_ITEMS + " items");
        }
        return count;
    }

    /** How many items to skip one by one; 0 at the end. */
    @Override
    public long skipArray() throws IOException {
        long count = readLong();
        if (count < 0) {
            count = -count;
            length();
        }
        // Each takes a byte or more.
        if (count < 0 || count > end - at) {
            throw new EOFException("a block of " + count + " items");
        }
        return count;
    }

    @Override
    public long readMapStart() throws IOException {
        return readArrayStart();
    }

    @Override
    public long mapNext() throws IOException {
        return arrayNext();
    }

    @Override
    public long skipMap() throws IOException {
        return skipArray();
    }

    @Override
    public int remainingBytes() {
        return end - at;
    }

    private int next() throws IOException {
        if (at == end) {
            throw new EOFException("the bytes end within a datum");
        }
        return bytes[at++] & 0xFF;
    }

    private int length() throws IOException {
        long length = readLong();
        if (length < 0 || length > end - at) {
            throw new EOFException("a length of " + length);
        }
        return (int) length;
    }

    /** Where the part begins that is skipped. */
    private int skip(int length) throws IOException {
        if (length > end - at) {
            throw new EOFException("the bytes end within a datum");
        }
        int from = at;
        at += length;
        return from;
    }
}
