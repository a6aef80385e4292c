package dev.lastmile.local.exactness;

import dev.lastmile.local.kit.EmbeddedTestBroker;
import dev.lastmile.local.kit.TestBroker;

/** Against the broker of the demo. */
final class EmbeddedBrokerCrashTest extends CrashContract {

    @Override
    protected TestBroker start() {
        return EmbeddedTestBroker.start();
    }
}
