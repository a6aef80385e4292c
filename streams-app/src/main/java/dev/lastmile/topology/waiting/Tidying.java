package dev.lastmile.topology.waiting;

import dev.lastmile.join.JoinEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Watches over the oldest segment: whether it can go, and, where one customer who is silent would keep it for all others, what
 * of it has to move on. Mutable.
 */
final class Tidying {

    /** With more segments than this the oldest is not waited for. */
    private static final int MOST_SEGMENTS = 8;

    private final Segments segments;

    /** The page of it that was looked at last. */
    private int page = PageTable.NONE;

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

    /**
     * The next entries of the oldest segment that may still be of use, newer versions not regarded, and the page each is in: the newest
     * of those looked at.
     */
    Map<EntryId, Integer> next(ToLongFunction<String> overBeforeMs, int limit) {
        Segment oldest = segments.oldest();
        Map<EntryId, Integer> alive = new HashMap<>();
        int looked = 0;
        while (looked < limit && page < oldest.pages().last()) {
            page++;
            PageView view = new PageView(segments.pages(oldest, List.of(page)).get(0));
            for (int i = 0; i < view.count(); i++) {
                JoinEntry entry = oldest.entry(view.entry(i));
                if (Deadlines.stepEndMs(entry)
                        >= overBeforeMs.applyAsLong(entry.origin().deployment().customer())) {
                    alive.put(new EntryId(view.high(i), view.low(i)), page);
                }
            }
            looked += view.count();
        }
        return alive;
    }

    boolean isAtEnd() {
        return page >= segments.oldest().pages().last();
    }

    /** The oldest segment is another one now. */
    void restart() {
        page = PageTable.NONE;
    }
}
