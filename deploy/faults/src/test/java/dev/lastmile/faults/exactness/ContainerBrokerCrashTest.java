package dev.lastmile.faults.exactness;

import dev.lastmile.faults.kit.ContainerTestBroker;
import dev.lastmile.faults.kit.TestBroker;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Against Kafka's own image; skipped, and reported as such, where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
final class ContainerBrokerCrashTest extends CrashContract {

    @Override
    protected TestBroker start() {
        return ContainerTestBroker.start();
    }
}
