package dev.lastmile.faults.fuzz.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a datum of any schema as Avro's specification has it, with code of its own. Text is a {@link String}, a number a {@link Long}
 * or a {@link Double}, bytes are bytes; a null is absent.
 */
public final class Reading {

    private static final int LONGEST_INT = 5;
    private static final int LONGEST_LONG = 10;

    private final ByteBuffer in;

    /** A record, or one that is a branch of a union. */
    record Node(String name, Map<String, @Nullable Object> fields) {}

    /**
     * A map.
     *
     * @param written how many entries there are, those of equal keys counted one by one
     */
    record Entries(long written, Map<String, @Nullable Object> entries) {}

    private Reading(ByteBuffer in) {
        this.in = in;
    }

    /** The datum that begins there and ends with the bytes. */
    static @Nullable Object of(Schema writer, byte[] bytes, int from) throws Wrong {
        Reading reading = new Reading(ByteBuffer.wrap(bytes, from, bytes.length - from));
        Object datum = reading.read(writer);
        if (reading.in.hasRemaining()) {
            throw new Wrong(reading.in.remaining() + " bytes too many");
        }
        return datum;
    }

    /** Whether the bytes from there on are one datum of the schema. */
    public static boolean isDatum(Schema writer, byte[] bytes, int from) {
        try {
            of(writer, bytes, from);
            return true;
        } catch (Wrong e) {
            return false;
        }
    }

    private @Nullable Object read(Schema schema) throws Wrong {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> {
                int value = octet();
                if (value > 1) {
                    throw new Wrong("a boolean of " + value);
                }
                yield value == 1;
            }
            case INT, ENUM -> number(LONGEST_INT, Integer.SIZE);
            case LONG -> number(LONGEST_LONG, Long.SIZE);
            case FLOAT ->
                (double) Float.intBitsToFloat(
                        Integer.reverseBytes(fixed(Float.BYTES).getInt()));
            case DOUBLE ->
                Double.longBitsToDouble(Long.reverseBytes(fixed(Double.BYTES).getLong()));
            case STRING -> text();
            case BYTES -> octets(length());
            case FIXED -> octets(schema.getFixedSize());
            case UNION -> read(branch(schema));
            case RECORD -> record(schema);
            case ARRAY -> items(schema.getElementType());
            case MAP -> entries(schema.getValueType());
        };
    }

    private int octet() throws Wrong {
        if (!in.hasRemaining()) {
            throw new Wrong("cut short");
        }
        return Byte.toUnsignedInt(in.get());
    }

    private long number(int longest, int bits) throws Wrong {
        long unsigned = 0;
        for (int i = 0; i < longest; i++) {
            int octet = octet();
            long part = octet & 0x7F;
            int room = bits - 7 * i;
            if (room < 7 && part >= 1L << room) {
                throw new Wrong("a number of more than " + bits + " bits");
            }
            unsigned += part << (7 * i);
            if (octet < 0x80) {
                return unsigned % 2 == 0 ? unsigned >>> 1 : ~(unsigned >>> 1);
            }
        }
        throw new Wrong("a number of more than " + longest + " bytes");
    }

    private int length() throws Wrong {
        long length = number(LONGEST_LONG, Long.SIZE);
        if (length < 0 || length > in.remaining()) {
            throw new Wrong("a length of " + length);
        }
        return (int) length;
    }

    private ByteBuffer fixed(int size) throws Wrong {
        return ByteBuffer.wrap(octets(size));
    }

    private byte[] octets(int size) throws Wrong {
        if (size > in.remaining()) {
            throw new Wrong("cut short");
        }
        byte[] octets = new byte[size];
        in.get(octets);
        return octets;
    }

    private String text() throws Wrong {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets(length())))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Wrong("no UTF-8");
        }
    }

    private Schema branch(Schema union) throws Wrong {
        long index = number(LONGEST_INT, Integer.SIZE);
        if (index < 0 || index >= union.getTypes().size()) {
            throw new Wrong("a branch of " + index);
        }
        return union.getTypes().get((int) index);
    }

    private Node record(Schema schema) throws Wrong {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            fields.put(field.name(), read(field.schema()));
        }
        return new Node(schema.getName(), fields);
    }

    /** How many items come; none ends them. The size that a block may tell must be one, and helps nobody who reads. */
    private long block() throws Wrong {
        long count = number(LONGEST_LONG, Long.SIZE);
        if (count < 0) {
            length();
            count = -count;
        }
        if (count < 0 || count > in.remaining()) {
            throw new Wrong("a block of " + count);
        }
        return count;
    }

    private List<@Nullable Object> items(Schema item) throws Wrong {
        List<@Nullable Object> items = new ArrayList<>();
        for (long count = block(); count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                items.add(read(item));
            }
        }
        return items;
    }

    private Entries entries(Schema value) throws Wrong {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        long written = 0;
        for (long count = block(); count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                entries.put(text(), read(value));
                written++;
            }
        }
        return new Entries(written, entries);
    }
}
