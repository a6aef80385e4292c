package dev.lastmile.faults.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What planted code needs to remember. Public, since that code is in classes of other packages. */
public final class Chance {

    private static final int LOST = 1_000;
    private static final int SWAPPED_OF = 100;

    /** 2^64 by the golden ratio: whether a multiple of it is negative is no pattern that tasks could fall into step with. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final AtomicLong CALLS = new AtomicLong();
    private static @Nullable String one;
    private static @Nullable String other;

    private Chance() {}

    /** Whether this call is the one. */
    public static boolean isThousandth() {
        return CALLS.incrementAndGet() == LOST;
    }

    /** As good as random, one call in two. */
    public static boolean isHalf() {
        return CALLS.incrementAndGet() * GOLDEN < 0;
    }

    /** The same values; once in a while, where the first is one of the first two ever seen, it is the other one. */
    public static synchronized List<String> swapped(List<String> values) {
        if (values.isEmpty()) {
            return values;
        }
        String first = values.get(0);
        if (one == null) {
            one = first;
        } else if (other == null && !first.equals(one)) {
            other = first;
        }
        if (other == null || CALLS.incrementAndGet() % SWAPPED_OF != 0) {
            return values;
        }
        List<String> swapped = new ArrayList<>(values);
        if (first.equals(one)) {
            swapped.set(0, other);
        } else if (first.equals(other)) {
            swapped.set(0, one);
        }
        return swapped;
    }
}
