package dev.lastmile.faults.fuzz.run;

import java.time.Duration;

/**
 * What one input may cost.
 *
 * @param time of the processor, for the thread that takes it in; by the clock of the wall, on which others want their turn too,
 *     it may be {@value #WALL_TIMES} times that
 * @param bytes allocated by the thread that takes it in
 */
public record Allowance(Duration time, long bytes) {

    static final int WALL_TIMES = 20;

    boolean covers(long cpuNanos, long wallNanos, long allocated) {
        return cpuNanos <= time.toNanos() && wallNanos <= WALL_TIMES * time.toNanos() && allocated <= bytes;
    }
}
