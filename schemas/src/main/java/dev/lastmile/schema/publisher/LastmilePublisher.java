package dev.lastmile.schema.publisher;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.TrustedRecords;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a customer's inferences and ground truths to Lastmile. One per process; safe for many threads.
 *
 * <p>An event that Lastmile would refuse for its content is refused here first, by {@link IllegalArgumentException} before
 * anything is sent. All else comes through the returned future: where the record was written, or the
 * {@link KafkaException} that prevented it (broker or registry not reached, not allowed, too large). The producer is
 * idempotent and waits for all in-sync replicas, so a future that completes normally is a record that is there once. A
 * call blocks while the producer's buffer is full or the topic's metadata is unknown, at most {@code max.block.ms}, and for
 * the first event of a kind while the registry is asked.
 */
public final class LastmilePublisher implements AutoCloseable {

    private final EventEncoder encoder;
    private final Producer<byte[], byte[]> producer;

    /**
     * Opens a publisher; it connects in the background, so a broker that is away does not fail this. Also makes Avro trust
     * the contracts' records, see {@link TrustedRecords}: without it not even a builder works.
     */
    public LastmilePublisher(PublisherSettings settings) {
        TrustedRecords.trust();
        encoder = new EventEncoder(settings);
        producer = new KafkaProducer<>(
                settings.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends one inference; {@link IllegalArgumentException} if a field is out of its range. */
    public CompletableFuture<RecordMetadata> publish(InferenceEvent event) {
        encoder.check(event);
        return send(() -> encoder.encode(event));
    }

    /** Sends one ground truth or correction; {@link IllegalArgumentException} if a field is out of its range. */
    public CompletableFuture<RecordMetadata> publish(GroundTruthEvent event) {
        encoder.check(event);
        return send(() -> encoder.encode(event));
    }

    /** Waits until all that was published has been written or has failed. */
    public void flush() {
        producer.flush();
    }

    /** Flushes, then closes the connections. */
    @Override
    public void close() {
        producer.close();
        encoder.close();
    }

    private CompletableFuture<RecordMetadata> send(Supplier<ProducerRecord<byte[], byte[]>> encoded) {
        CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
        try {
            // The callback says all that the producer's own future would.
            Future<RecordMetadata> unused = producer.send(encoded.get(), (metadata, failure) -> {
                if (failure == null) {
                    written.complete(metadata);
                } else {
                    written.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) {
            written.completeExceptionally(e);
        }
        return written;
    }
}
