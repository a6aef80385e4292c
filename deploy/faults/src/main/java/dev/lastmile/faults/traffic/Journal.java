package dev.lastmile.faults.traffic;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many records the broker acknowledged. What it says and does not have in the end was lost by the broker, and then the run says
 * nothing about the monitor. Thread-safe.
 */
public final class Journal {

    private final AtomicLong records = new AtomicLong();

    void acknowledged() {
        records.incrementAndGet();
    }

    /** How many were acknowledged. */
    public long records() {
        return records.get();
    }
}
