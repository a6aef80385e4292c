package dev.lastmile.app;

import dev.lastmile.topology.bundle.Identities;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds which customers there are, and whether the topics that are read are still the same: who reads them does
 * not notice.
 */
final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final CustomerReception customers;
    private final Identities identities;
    private final OutputSchemas schemas;
    private final Thread thread = new Thread(this::lookAgainAndAgain, "topic-watch");

    /** Looks at nothing before {@link #start}. */
    TopicWatch(CustomerReception customers, Identities identities, OutputSchemas schemas) {
        this.customers = customers;
        this.identities = identities;
        this.schemas = schemas;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void lookAgainAndAgain() {
        try {
            while (!Thread.interrupted()) {
                look();
                Thread.sleep(EVERY.toMillis());
            }
        } catch (InterruptedException e) {
            // Closed: nobody looks any more.
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            customers.look();
            identities.verify();
            schemas.refresh();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            LOG.atWarn().setCause(e).log("The broker does not say which topics there are; it is asked again");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
