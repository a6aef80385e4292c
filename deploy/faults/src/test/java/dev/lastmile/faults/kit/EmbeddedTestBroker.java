package dev.lastmile.faults.kit;

import dev.lastmile.local.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The broker of the demo, in this JVM. */
public final class EmbeddedTestBroker implements TestBroker {

    private final EmbeddedBroker broker;

    private EmbeddedTestBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** Starts one on a free port. */
    public static EmbeddedTestBroker start() {
        try {
            return new EmbeddedTestBroker(EmbeddedBroker.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
    }
}
