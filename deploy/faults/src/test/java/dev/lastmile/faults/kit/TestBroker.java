package dev.lastmile.faults.kit;

/** A running Kafka broker that a test talks to, wherever it runs. Closing it stops the broker. */
public interface TestBroker extends AutoCloseable {

    /** For a client's {@code bootstrap.servers}. */
    String bootstrapServers();

    @Override
    void close();
}
