package dev.lastmile.faults.campaign;

import dev.lastmile.faults.fault.Fault;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.installation.Installation;
import java.time.Duration;
import java.util.SplittableRandom;

/** No fault. */
final class Quiet implements Fault {

    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) {
        return new Strike(name(), true, "nothing was done", Duration.ZERO);
    }
}
