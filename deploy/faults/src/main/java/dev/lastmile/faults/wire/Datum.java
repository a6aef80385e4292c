package dev.lastmile.faults.wire;

import dev.lastmile.faults.wire.Malformed.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Avro's binary encoding from the front on. What is cut short, or too long, is {@link Reason#BAD_AVRO}. */
final class Datum {

    private static final int FRAME_BYTES = 5;

    private final byte[] bytes;
    private int at;

    private Datum(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Of a record's value: a zero, four bytes of a schema's id, the datum. */
    static Datum in(byte @Nullable [] value) throws Malformed {
        if (value == null) {
            throw new Malformed(Reason.NULL_VALUE, "no value");
        }
        if (value.length < FRAME_BYTES || value[0] != 0) {
            throw new Malformed(Reason.BAD_FRAME, value.length + " bytes");
        }
        return new Datum(value, FRAME_BYTES);
    }

    private int next() throws Malformed {
        if (at == bytes.length) {
            throw new Malformed(Reason.BAD_AVRO, "cut short at " + at);
        }
        return bytes[at++] & 0xFF;
    }

    long number() throws Malformed {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = next();
            zigzag |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new Malformed(Reason.BAD_AVRO, "a number of more than ten bytes");
    }

    private byte[] sized() throws Malformed {
        long length = number();
        if (length < 0 || length > bytes.length - at) {
            throw new Malformed(Reason.BAD_AVRO, "a length of " + length);
        }
        byte[] part = new byte[(int) length];
        System.arraycopy(bytes, at, part, 0, part.length);
        at += part.length;
        return part;
    }

    byte[] octets() throws Malformed {
        return sized();
    }

    String text() throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(sized()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed(Reason.BAD_AVRO, "no UTF-8");
        }
    }

    double real() throws Malformed {
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits |= (long) next() << (Byte.SIZE * i);
        }
        return Double.longBitsToDouble(bits);
    }

    /** Which branch of a union, or which symbol of an enumeration. */
    int choice(int count) throws Malformed {
        long choice = number();
        if (choice < 0 || choice >= count) {
            throw new Malformed(Reason.BAD_AVRO, "a choice of " + choice);
        }
        return (int) choice;
    }

    boolean isThere() throws Malformed {
        return choice(2) == 1;
    }

    @Nullable
    String optionalText() throws Malformed {
        return isThere() ? text() : null;
    }

    @Nullable
    Double optionalReal() throws Malformed {
        return isThere() ? (Double) real() : null;
    }

    @Nullable
    Long optionalNumber() throws Malformed {
        return isThere() ? (Long) number() : null;
    }

    /** How many items a block has; 0 ends them. */
    private long block() throws Malformed {
        long count = number();
        if (count < 0) {
            number();
            return -count;
        }
        return count;
    }

    Map<String, String> texts() throws Malformed {
        Map<String, String> texts = new LinkedHashMap<>();
        for (long count = block(); count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                String key = text();
                texts.put(key, text());
            }
        }
        return texts;
    }

    /** What is to be done with each item. */
    interface Item {
        void read() throws Malformed;
    }

    void each(Item item) throws Malformed {
        for (long count = block(); count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                item.read();
            }
        }
    }

    void end() throws Malformed {
        if (at != bytes.length) {
            throw new Malformed(Reason.BAD_AVRO, (bytes.length - at) + " bytes too many");
        }
    }
}
