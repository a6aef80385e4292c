package dev.lastmile.faults.exactness;

import dev.lastmile.faults.kit.EmbeddedTestBroker;
import dev.lastmile.faults.kit.TestBroker;

/** Against the broker of the demo. */
final class EmbeddedBrokerCrashTest extends CrashContract {

    @Override
    protected TestBroker start() {
        return EmbeddedTestBroker.start();
    }
}
