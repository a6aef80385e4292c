package dev.lastmile.faults.fuzz.record;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.Schema;

/**
 * Makes datums of any schema: fields of the contracts hold what customers put there as a rule, all others anything. Once in so many
 * values it does what the encoding, or the contract, does not allow.
 */
public final class Sender {

    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final int MOST_ITEMS = 5;
    private static final int LONG_TEXT = 30_000;

    /** Collections within collections grow fast: once there are so many items, the others are empty. */
    private static final int MOST_ITEMS_OF_ALL = 2_000;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "v1",
            "fraud",
            "the patient is stable",
            "scottish",
            "Île-de-France",
            "__other__",
            "__x",
            "a\u0000b",
            "line\nbreak",
            "\u202Egnp.exe",
            "\u2028",
            "\uFFFD",
            "\uD83D\uDE00",
            "e\u0301",
            "'; drop table",
            "<script>",
            "%s${jndi:x}",
            "a/b",
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(128),
            "x".repeat(129),
            "x".repeat(256),
            "x".repeat(257));
    private static final byte[][] NO_TEXTS = {
        {(byte) 0xC3},
        {(byte) 0xFF, 'a'},
        {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xC0, (byte) 0x80},
        {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80}
    };
    private static final double[] REALS = {
        0,
        -0.0,
        1,
        0.5,
        -1,
        1.000001,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        1e300
    };
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        63,
        64,
        100_000,
        100_001,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -9_999
    };

    private final SplittableRandom random;
    private final Intent intent;
    private final Sink out = new Sink();
    private final Room room;

    /** How many more items there may be. */
    private static final class Room {
        private int items = MOST_ITEMS_OF_ALL;
    }

    /**
     * What the customer wants to say.
     *
     * @param customer who says it
     * @param deployment which, mostly
     * @param id of the inference, mostly
     * @param appendMs when the broker will append it
     * @param oddOf one in so many values is odd
     */
    public record Intent(String customer, String deployment, String id, long appendMs, int oddOf) {}

    private Sender(SplittableRandom random, Intent intent, Room room) {
        this.random = random;
        this.intent = intent;
        this.room = room;
    }

    /** A datum of the schema, or nearly one. */
    public static byte[] datum(Schema writer, Intent intent, SplittableRandom random) {
        Sender sender = new Sender(random, intent, new Room());
        sender.write(writer, "");
        return sender.out.toBytes();
    }

    private boolean isOdd() {
        return random.nextInt(intent.oddOf()) == 0;
    }

    private void write(Schema schema, String field) {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> out.octet(isOdd() ? random.nextInt(256) : random.nextInt(2));
            case INT -> {
                int small = (int) whole(field);
                number(small);
            }
            case LONG -> number(whole(field));
            case FLOAT -> out.bits(Float.floatToRawIntBits((float) real(field)), Float.BYTES);
            case DOUBLE -> out.bits(Double.doubleToRawLongBits(real(field)), Double.BYTES);
            case STRING, BYTES -> text(field);
            case FIXED -> fixed(schema);
            case ENUM ->
                number(
                        isOdd()
                                ? random.nextInt()
                                : random.nextInt(schema.getEnumSymbols().size()));
            case UNION -> union(schema, field);
            case RECORD -> schema.getFields().forEach(its -> write(its.schema(), its.name()));
            case ARRAY -> blocks(schema.getElementType(), field, false);
            case MAP -> blocks(schema.getValueType(), field, true);
        }
    }

    private void number(long number) {
        if (!isOdd()) {
            out.number(number);
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> out.longNumber(number, 1 + random.nextInt(9));
            case 1 -> out.raw(new byte[] {-1, -1, -1, -1, (byte) random.nextInt(128)});
            case 2 -> out.raw(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, (byte) random.nextInt()});
            default -> out.number(NUMBERS[random.nextInt(NUMBERS.length)]);
        }
    }

    private long whole(String field) {
        if (isOdd()) {
            return NUMBERS[random.nextInt(NUMBERS.length)];
        }
        return switch (field) {
            case "occurred_at", "observed_at" -> time();
            case "revision" -> random.nextInt(3);
            case "errors" -> random.nextInt(4);
            case "trials" -> 3 + random.nextInt(9);
            default -> random.nextInt(1_000);
        };
    }

    private long time() {
        long appendMs = intent.appendMs();
        if (!isOdd()) {
            return appendMs - random.nextLong(DAY_MS);
        }
        long[] edges = {
            0,
            appendMs - 7 * DAY_MS,
            appendMs - 7 * DAY_MS - 1,
            appendMs + Duration.ofMinutes(5).toMillis(),
            appendMs + Duration.ofMinutes(5).toMillis() + 1,
            appendMs - 3_650 * DAY_MS,
            appendMs - 3_650 * DAY_MS - 1,
            appendMs - 30 * DAY_MS,
            4_102_444_800_000L
        };
        return edges[random.nextInt(edges.length)];
    }

    private double real(String field) {
        if (isOdd()) {
            return REALS[random.nextInt(REALS.length)];
        }
        return field.equals("confidence") ? random.nextInt(101) / 100.0 : random.nextDouble() * 100;
    }

    private void text(String field) {
        if (isOdd()) {
            oddText();
            return;
        }
        out.text(
                switch (field) {
                    case "deployment" -> intent.deployment();
                    case "inference_id" -> intent.id();
                    case "model_version" -> "v" + random.nextInt(40);
                    case "customer" -> intent.customer();
                    default -> TEXTS.get(2 + random.nextInt(5));
                });
    }

    private void oddText() {
        switch (random.nextInt(8)) {
            case 0 -> out.sized(NO_TEXTS[random.nextInt(NO_TEXTS.length)]);
            case 1 -> {
                number(NUMBERS[random.nextInt(NUMBERS.length)]);
                out.raw(new byte[random.nextInt(4)]);
            }
            case 2 -> out.text("w ".repeat(random.nextInt(LONG_TEXT) / 8));
            default -> out.text(TEXTS.get(random.nextInt(TEXTS.size())));
        }
    }

    private void fixed(Schema schema) {
        byte[] octets = new byte[Math.min(schema.getFixedSize(), 1 << 10)];
        random.nextBytes(octets);
        out.raw(octets);
    }

    private void union(Schema schema, String field) {
        int branches = schema.getTypes().size();
        if (branches == 0 || isOdd()) {
            number(random.nextInt(2) == 0 ? branches : random.nextInt());
            return;
        }
        int branch = random.nextInt(branches);
        // A customer's name is seldom given; an answer is mostly of one kind.
        if (field.equals("customer") && random.nextInt(4) != 0) {
            branch = 0;
        }
        out.number(branch);
        write(schema.getTypes().get(branch), field);
    }

    private void blocks(Schema item, String field, boolean keyed) {
        int left = Math.min(room.items, isOdd() ? random.nextInt(100) : random.nextInt(MOST_ITEMS));
        room.items -= left;
        while (left > 0) {
            int count = random.nextInt(4) == 0 ? 1 + random.nextInt(left) : left;
            block(item, field, keyed, count);
            left -= count;
        }
        out.number(0);
        if (isOdd()) {
            out.number(NUMBERS[random.nextInt(NUMBERS.length)]);
        }
    }

    private void block(Schema item, String field, boolean keyed, int count) {
        if (isOdd()) {
            out.number(NUMBERS[random.nextInt(NUMBERS.length)]);
            return;
        }
        Sender inner = new Sender(random, intent, room);
        for (int i = 0; i < count; i++) {
            if (keyed) {
                inner.out.text(isOdd() ? TEXTS.get(random.nextInt(TEXTS.size())) : key(field, i));
            }
            inner.write(item, keyed ? "" : field);
        }
        byte[] items = inner.out.toBytes();
        if (random.nextInt(4) == 0) {
            out.number(-count);
            number(isOdd() ? random.nextInt() : items.length);
        } else {
            number(count);
        }
        out.raw(items);
    }

    private String key(String field, int index) {
        return switch (field) {
            case "attributes" -> index == 0 ? "accent" : index == 1 ? "noise" : "k" + random.nextInt(9);
            default -> "v" + random.nextInt(9);
        };
    }
}
