package dev.lastmile.faults.fault;

import java.time.Duration;
import java.util.List;

/**
 * One time that a fault struck.
 *
 * @param fault its name
 * @param hit whether it hit what it was to hit; otherwise it shows nothing
 * @param evidence of that
 * @param recovery from the end of the fault until everything was ready again
 * @param broken promises that did not hold meanwhile, a line each
 * @param after how long after customers had begun to send it struck; zero until somebody says so
 */
public record Strike(
        String fault, boolean hit, String evidence, Duration recovery, List<String> broken, Duration after) {

    public Strike {
        broken = List.copyOf(broken);
    }

    /** One of which nobody has said yet when it struck. */
    public Strike(String fault, boolean hit, String evidence, Duration recovery, List<String> broken) {
        this(fault, hit, evidence, recovery, broken, Duration.ZERO);
    }

    /** One that broke nothing by itself. */
    public Strike(String fault, boolean hit, String evidence, Duration recovery) {
        this(fault, hit, evidence, recovery, List.of());
    }

    /** The same, and when. */
    public Strike at(Duration time) {
        return new Strike(fault, hit, evidence, recovery, broken, time);
    }
}
