package dev.lastmile.topology.waiting;

import java.util.concurrent.atomic.AtomicLong;

/** How much heap the {@link PageTable}s of a process may take together. */
final class Room {

    private final AtomicLong leftBytes;

    Room(long bytes) {
        leftBytes = new AtomicLong(bytes);
    }

    /** Whether there was as much; it is taken then. */
    boolean take(long bytes) {
        if (leftBytes.addAndGet(-bytes) >= 0) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        leftBytes.addAndGet(bytes);
    }
}
