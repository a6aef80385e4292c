package dev.lastmile.export;

import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The exposition for whoever asks for it, made at most twice a second and one at a time: however many scrape, they take no more of the
 * processors than that, and those who scrape together share one. Safe for use by many threads.
 */
final class FreshExposition {

    private static final Duration FRESH = Duration.ofMillis(500);

    private final CollectorRegistry registry;
    private final LongSupplier nanoTime;
    private byte @Nullable [] made;
    private long madeNanos;

    FreshExposition(CollectorRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    /** Not to be changed. */
    synchronized byte[] bytes() {
        long nowNanos = nanoTime.getAsLong();
        byte[] fresh = made;
        if (fresh == null || nowNanos - madeNanos > FRESH.toNanos()) {
            fresh = Exposition.of(registry);
            made = fresh;
            madeNanos = nowNanos;
        }
        return fresh;
    }
}
