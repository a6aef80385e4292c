package dev.lastmile.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory, written {@code 256MiB}.
 *
 * @param bytes how many, > 0
 */
public record MemorySize(long bytes) {

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(KiB|MiB|GiB)");

    public MemorySize {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes must be > 0: " + bytes);
        }
    }

    /** Reads {@code 512KiB}, {@code 256MiB} or {@code 2GiB}; throws {@link IllegalArgumentException} for other text. */
    static MemorySize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size such as 256MiB (KiB, MiB or GiB): " + text);
        }
        return new MemorySize(Long.parseLong(matcher.group(1)) << shift(matcher.group(2)));
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
    }

    /** In the largest unit that is exact, as {@link #parse} reads it. */
    @Override
    public String toString() {
        for (String unit : new String[] {"GiB", "MiB"}) {
            if (bytes % (1L << shift(unit)) == 0) {
                return (bytes >> shift(unit)) + unit;
            }
        }
        return (bytes >> 10) + "KiB";
    }
}
