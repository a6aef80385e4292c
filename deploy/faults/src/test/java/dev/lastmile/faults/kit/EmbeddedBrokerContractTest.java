package dev.lastmile.faults.kit;

/** The embedded broker does all that the monitor needs. */
final class EmbeddedBrokerContractTest extends BrokerContract {

    @Override
    protected TestBroker start() {
        return EmbeddedTestBroker.start();
    }
}
