package dev.lastmile.faults.fuzz.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in Avro's binary encoding, and such as are not quite in it. */
final class Sink {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void octet(int octet) {
        bytes.write(octet);
    }

    void raw(byte[] octets) {
        bytes.write(octets, 0, octets.length);
    }

    void number(long number) {
        unsigned(zigzag(number));
    }

    private static long zigzag(long number) {
        return (number << 1) ^ (number >> (Long.SIZE - 1));
    }

    private void unsigned(long unsigned) {
        long left = unsigned;
        while ((left & ~0x7FL) != 0) {
            octet((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        octet((int) left);
    }

    /** The same number in more bytes than it takes. */
    void longNumber(long number, int padding) {
        long left = zigzag(number);
        while ((left & ~0x7FL) != 0) {
            octet((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        octet((int) (left | 0x80));
        for (int i = 1; i < padding; i++) {
            octet(0x80);
        }
        octet(0);
    }

    void text(String text) {
        sized(text.getBytes(StandardCharsets.UTF_8));
    }

    void sized(byte[] octets) {
        number(octets.length);
        raw(octets);
    }

    void bits(long bits, int size) {
        for (int i = 0; i < size; i++) {
            octet((int) (bits >>> (Byte.SIZE * i)));
        }
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
