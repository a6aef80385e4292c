package dev.lastmile.app;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker every few seconds whether it is there. Kafka Streams itself says RUNNING through an outage: it waits, and
 * so it should; but whoever asks whether this process does its work must hear that it does not.
 */
final class BrokerProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
    private static final int EVERY_MS = 2_000;
    private static final int TIME_LIMIT_MS = 4_000;

    /** What is known: nothing yet, or the last answer. */
    enum Broker {
        NOT_ASKED,
        ANSWERS,
        SILENT
    }

    private final Admin admin;
    private final Thread thread = new Thread(this::askAgainAndAgain, "broker-probe");
    private volatile Broker broker = Broker.NOT_ASKED;

    /** A probe with this client, which stays the caller's; asks nothing before {@link #start}. */
    BrokerProbe(Admin admin) {
        this.admin = admin;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Broker broker() {
        return broker;
    }

    private void askAgainAndAgain() {
        try {
            while (!Thread.interrupted()) {
                ask();
                Thread.sleep(EVERY_MS);
            }
        } catch (InterruptedException e) {
            // Closed: nobody asks any more.
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        Broker before = broker;
        broker = answers() ? Broker.ANSWERS : Broker.SILENT;
        if (broker == Broker.SILENT && before != Broker.SILENT) {
            LOG.atWarn().log("The broker does not answer; waiting for it");
        } else if (broker == Broker.ANSWERS && before == Broker.SILENT) {
            LOG.atInfo().log("The broker answers again");
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(TIME_LIMIT_MS))
                    .clusterId()
                    .get(2L * TIME_LIMIT_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.atDebug().setCause(e).log("The broker was asked in vain");
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
