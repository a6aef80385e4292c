package dev.lastmile.http;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many clients were not served, since the start. Safe for use by many threads. */
public final class Refusals {

    private final Map<Refusal, LongAdder> counts = new EnumMap<>(Refusal.class);

    /** None yet. */
    public Refusals() {
        Arrays.stream(Refusal.values()).forEach(why -> counts.put(why, new LongAdder()));
    }

    void add(Refusal why) {
        adder(why).increment();
    }

    /** How many for this reason. */
    public long of(Refusal why) {
        return adder(why).sum();
    }

    private LongAdder adder(Refusal why) {
        LongAdder adder = counts.get(why);
        if (adder == null) {
            throw new IllegalStateException("every reason has a count: " + why);
        }
        return adder;
    }
}
