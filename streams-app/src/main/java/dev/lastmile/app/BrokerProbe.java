package dev.lastmile.app;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
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
    private final OwnTopics topics;
    private final Consumer<End> ended;
    private final Thread thread = new Thread(this::askAgainAndAgain, "broker-probe");
    private volatile Broker broker = Broker.NOT_ASKED;
    private boolean knowsFeatures;

    /**
     * A probe that asks nothing before {@link #start}.
     *
     * @param admin its client, which stays the caller's
     * @param topics that must be there
     * @param ended told if they are not, or if the brokers cannot do what the monitor needs
     */
    BrokerProbe(Admin admin, OwnTopics topics, Consumer<End> ended) {
        this.admin = admin;
        this.topics = topics;
        this.ended = ended;
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
        if (broker == Broker.ANSWERS) {
            lookWhatIsThere();
        }
    }

    private void lookWhatIsThere() throws InterruptedException {
        try {
            if (!knowsFeatures) {
                // Of a cluster that serves, they change with an upgrade only, and upwards.
                BrokerFeatures.lacking(admin, TIME_LIMIT_MS).ifPresent(this::end);
                knowsFeatures = true;
            }
            topics.lost().ifPresent(lost -> end("kafka: " + lost.getMessage()));
        } catch (ExecutionException | TimeoutException e) {
            LOG.atDebug().setCause(e).log("The broker was asked in vain what is there");
        }
    }

    private void end(String line) {
        ended.accept(new End(End.BAD_CONFIGURATION, line));
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
