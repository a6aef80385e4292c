package dev.lastmile.app;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another serializer that asks a schema registry, asked again for a while when the registry cannot be asked. Otherwise each record that is
 * sent meanwhile, the first of its topic since the start, would end a stream thread.
 *
 * <p>Whoever waits here holds a transaction open; when the broker ends that first, the records of it are done again.
 */
final class PatientSerializer implements Serializer<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(PatientSerializer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;

    private final Serializer<Object> inner;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /**
     * @param patience after which it fails as the other one does
     */
    PatientSerializer(Serializer<Object> inner, Duration patience, LongSupplier nanoTime) {
        this.inner = inner;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    @Override
    public byte[] serialize(String topic, Object event) {
        long endNanos = nanoTime.getAsLong() + patience.toNanos();
        boolean told = false;
        while (true) {
            try {
                return inner.serialize(topic, event);
            } catch (KafkaException e) {
                if (!mayPass(e) || nanoTime.getAsLong() - endNanos >= 0 || !pause()) {
                    throw e;
                }
                if (!told) {
                    LOG.atWarn()
                            .addKeyValue("topic", topic)
                            .addKeyValue("why", End.oneLine(e))
                            .log("Schema registry cannot be asked; what is to be sent waits");
                    told = true;
                }
            }
        }
    }

    /** A registry's own refusal stays one. */
    static boolean mayPass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientException refusal) {
                return refusal.getStatus() != CONFLICT && refusal.getStatus() != UNPROCESSABLE;
            }
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
