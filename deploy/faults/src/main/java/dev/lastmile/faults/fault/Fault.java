package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import java.io.IOException;
import java.util.SplittableRandom;

/** Something that goes wrong, and is healed again before it returns. */
public interface Fault {

    /** The most time an instance may take until it is ready again; what takes longer has not recovered. */
    java.time.Duration READY_WITHIN = java.time.Duration.ofMinutes(2);

    /** Its name in schedules and reports. */
    String name();

    /**
     * Strikes once.
     *
     * @param random decides what is open about it
     * @throws IOException where the installation does not recover
     */
    Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException;
}
