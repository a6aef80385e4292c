package dev.lastmile.faults.kit;

import org.testcontainers.junit.jupiter.Testcontainers;

/** So does Kafka's own image; skipped, and reported as such, where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
final class ContainerBrokerContractTest extends BrokerContract {

    @Override
    protected TestBroker start() {
        return ContainerTestBroker.start();
    }
}
