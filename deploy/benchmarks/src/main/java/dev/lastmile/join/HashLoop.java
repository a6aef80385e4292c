package dev.lastmile.join;

import dev.lastmile.event.Inference;

/** Opens the hash that tells duplicates from conflicts to the benchmarks. */
public final class HashLoop {

    private static final ContentHash HASH = new ContentHash();

    private HashLoop() {}

    /** Over all that a customer sent. */
    public static long of(Inference inference) {
        return HASH.of(inference);
    }
}
