package dev.lastmile.local.exactness;

import dev.lastmile.local.kit.ContainerTestBroker;
import dev.lastmile.local.kit.TestBroker;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Against Kafka's own image; skipped, and reported as such, where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
final class ContainerBrokerCrashTest extends CrashContract {

    @Override
    protected TestBroker start() {
        return ContainerTestBroker.start();
    }
}
