package dev.lastmile.topology.serde;

import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes what a {@link DataOutputStream} writes, byte for byte, to an array: without the lock and the several calls a number
 * that make those slow, since every detector of a deployment is written with every delta.
 */
final class ArrayOutput extends OutputStream implements DataOutput {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Greatest length in bytes of a text of ASCII letters that {@link #writeUTF} takes, by its format. */
    private static final int LONGEST_TEXT = 0xFFFF;

    private byte[] bytes = new byte[512];
    private int size;

    /** A copy of what was written. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private int next(int more) {
        int from = size;
        size += more;
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size));
        }
        return from;
    }

    @Override
    public void write(int value) {
        int at = next(1);
        bytes[at] = (byte) value;
    }

    @Override
    public void write(byte[] value) {
        write(value, 0, value.length);
    }

    @Override
    public void write(byte[] value, int from, int count) {
        int at = next(count);
        System.arraycopy(value, from, bytes, at, count);
    }

    @Override
    public void writeBoolean(boolean value) {
        write(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) {
        write(value);
    }

    @Override
    public void writeShort(int value) {
        write(value >>> 8);
        write(value);
    }

    @Override
    public void writeChar(int value) {
        writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        int at = next(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    @Override
    public void writeLong(long value) {
        int at = next(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeBytes(String value) throws IOException {
        new DataOutputStream(this).writeBytes(value);
    }

    @Override
    public void writeChars(String value) throws IOException {
        new DataOutputStream(this).writeChars(value);
    }

    @Override
    public void writeUTF(String value) throws IOException {
        int length = value.length();
        if (length > LONGEST_TEXT || !isPlain(value)) {
            new DataOutputStream(this).writeUTF(value);
            return;
        }
        writeShort(length);
        int at = next(length);
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) value.charAt(i);
        }
    }

    /** Of characters that take one byte: ASCII but for the zero, which takes two there. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == 0 || value.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
