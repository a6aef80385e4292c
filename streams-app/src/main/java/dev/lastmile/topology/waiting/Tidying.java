package dev.lastmile.topology.waiting;

import dev.lastmile.join.JoinEntry;
import dev.lastmile.topology.serde.ByteReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/**
 * Watches over the oldest segment: whether it can go, and, where one customer who is silent would keep it for all others, what
 * of it has to move on. Mutable.
 */
final class Tidying {

    /** With more segments than this the oldest is not waited for. */
    private static final int MOST_SEGMENTS = 8;

    private final Segments segments;
    private byte @Nullable [] from;
    private boolean ended;

    Tidying(Segments segments) {
        this.segments = segments;
    }

    boolean isOldestOver(ToLongFunction<String> overBeforeMs) {
        return segments.count() > 1
                && segments.oldest().spans().entrySet().stream()
                        .allMatch(span -> span.getValue().latestMs() < overBeforeMs.applyAsLong(span.getKey()));
    }

    boolean isDue() {
        return segments.count() > MOST_SEGMENTS;
    }

    /** The next entries of the oldest segment that may still be of use, newer versions not regarded. */
    Map<EntryId, JoinEntry> next(ToLongFunction<String> overBeforeMs, int limit) {
        Segment oldest = segments.oldest();
        Map<EntryId, JoinEntry> alive = new HashMap<>();
        try (RocksIterator all = segments.iterator(oldest)) {
            all.seek(from == null ? Segment.FIRST_ENTRY : from);
            for (int looked = 0; looked < limit && all.isValid(); looked++) {
                JoinEntry entry = oldest.entry(new ByteReader(all.value()));
                if (Deadlines.stepEndMs(entry)
                        >= overBeforeMs.applyAsLong(entry.origin().deployment().customer())) {
                    alive.put(EntryId.of(all.key()), entry);
                }
                all.next();
            }
            ended = !all.isValid();
            from = ended ? null : all.key();
        }
        return alive;
    }

    boolean isAtEnd() {
        return ended;
    }

    /** The oldest segment is another one now. */
    void restart() {
        from = null;
        ended = false;
    }
}
