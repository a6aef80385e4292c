package dev.lastmile.faults.fuzz.run;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What wires, disks and bad programs make of bytes. */
public final class Damage {

    private static final int MOST_STRAY = 12;

    private Damage() {}

    /**
     * Bytes that are mostly those.
     *
     * @param from the first that is damaged, unless bytes are missing or added at the end
     */
    public static byte[] of(byte[] bytes, int from, SplittableRandom random) {
        if (bytes.length <= from) {
            return random.nextBoolean() ? bytes.clone() : stray(random);
        }
        int at = from + random.nextInt(bytes.length - from);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> joined(bytes, stray(random));
            case 2 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(Byte.SIZE))));
            case 3 -> with(bytes, at, (byte) random.nextInt());
            case 4 -> with(bytes, at, new byte[] {0, 1, -1, 0x7F, (byte) 0x80}[random.nextInt(5)]);
            case 5 -> cut(bytes, at, stray(random), at);
            case 6 -> cut(bytes, at, new byte[0], at + 1 + random.nextInt(bytes.length - at));
            case 7 -> cut(bytes, at, stray(random), at + 1 + random.nextInt(bytes.length - at));
            default -> {
                // Again what is there already.
                int to = at + random.nextInt(Math.min(bytes.length - at, 64) + 1);
                yield cut(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
            }
        };
    }

    private static byte[] stray(SplittableRandom random) {
        byte[] stray = new byte[1 + random.nextInt(MOST_STRAY)];
        random.nextBytes(stray);
        return stray;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] copy = bytes.clone();
        copy[at] = value;
        return copy;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return cut(one, one.length, other, one.length);
    }

    /** The bytes before, others, and the bytes from there on. */
    private static byte[] cut(byte[] bytes, int before, byte[] others, int after) {
        byte[] made = new byte[before + others.length + bytes.length - after];
        System.arraycopy(bytes, 0, made, 0, before);
        System.arraycopy(others, 0, made, before, others.length);
        System.arraycopy(bytes, after, made, before + others.length, bytes.length - after);
        return made;
    }
}
