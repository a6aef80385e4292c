package dev.lastmile.benchmarks.load;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.publisher.LastmilePublisher;
import dev.lastmile.schema.publisher.PublisherSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Publishes a load as a customer's program would. */
public final class LoadSender implements Load.Receiver, AutoCloseable {

    private static final long MOST_BATCH_BYTES = 262_144;
    private static final long ALL_BUFFERS_BYTES = 256L << 20;

    /** A producer takes a whole batch of memory for each partition, and waits where there is none left. */
    private static final int BATCHES_IN_BUFFERS = 32;

    private final Shape shape;
    private final Map<String, LastmilePublisher> publishers = new HashMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** For events of this shape. */
    public LoadSender(Shape shape, String bootstrapServers, String registryUrl) {
        this.shape = shape;
        List<String> customers = shape.customerNames();
        for (String customer : customers) {
            publishers.put(
                    customer,
                    new LastmilePublisher(settings(customer, customers.size(), bootstrapServers, registryUrl)));
        }
    }

    /** Sends all of it; it is in the topics when this returns. */
    public static void send(Load load, String bootstrapServers, String registryUrl) {
        try (LoadSender sender = new LoadSender(load.shape(), bootstrapServers, registryUrl)) {
            load.replay(sender);
        }
    }

    /**
     * Sends all of it, each event when it is due, see {@link Paced}; it is in the topics when this returns.
     *
     * @return events a second that were sent
     */
    public static double send(Load load, double perSecond, String bootstrapServers, String registryUrl) {
        try (LoadSender sender = new LoadSender(load.shape(), bootstrapServers, registryUrl)) {
            Paced paced = new Paced(sender, perSecond);
            load.replay(paced);
            return paced.achievedPerSecond();
        }
    }

    private static PublisherSettings settings(
            String customer, int customers, String bootstrapServers, String registryUrl) {
        long buffersBytes = ALL_BUFFERS_BYTES / customers;
        return PublisherSettings.of(customer, bootstrapServers, registryUrl)
                .with("linger.ms", "20")
                .with("batch.size", Long.toString(Math.min(MOST_BATCH_BYTES, buffersBytes / BATCHES_IN_BUFFERS)))
                .with("buffer.memory", Long.toString(buffersBytes))
                .with("compression.type", "lz4");
    }

    @Override
    public void answer(Answer answer) {
        check(publish(answer));
    }

    /** Sends an inference, and says where it was written. */
    public CompletableFuture<RecordMetadata> publish(Answer answer) {
        List<Dimension> carried = shape.slices().attributes();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < carried.size(); i++) {
            Dimension dimension = carried.get(i);
            attributes.put(dimension.name(), dimension.value(answer.values().get(i)));
        }
        return publisherOf(answer)
                .publish(InferenceEvent.newBuilder()
                        .setDeployment(answer.deploymentName())
                        .setModelVersion("v1")
                        .setInferenceId(answer.id())
                        .setOccurredAt(Instant.ofEpochMilli(answer.occurredAtMs()))
                        .setAttributes(attributes)
                        .setOutput(shape.content().output(answer))
                        .build());
    }

    @Override
    public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
        check(publish(answer, wrong, observedAtMs, revision));
    }

    /** Sends a ground truth, and says where it was written. */
    public CompletableFuture<RecordMetadata> publish(Answer answer, boolean wrong, long observedAtMs, int revision) {
        return publisherOf(answer)
                .publish(GroundTruthEvent.newBuilder()
                        .setDeployment(answer.deploymentName())
                        .setInferenceId(answer.id())
                        .setObservedAt(Instant.ofEpochMilli(observedAtMs))
                        .setTruth(shape.content().truth(answer, wrong))
                        .setRevision(revision)
                        .build());
    }

    private LastmilePublisher publisherOf(Answer answer) {
        return Objects.requireNonNull(publishers.get(shape.customerOf(answer.deployment())));
    }

    private void check(CompletableFuture<RecordMetadata> written) {
        CompletableFuture<RecordMetadata> unused = written.whenComplete((metadata, thrown) -> {
            if (thrown != null) {
                failure.compareAndSet(null, thrown);
            }
        });
    }

    /** All that was sent is in the topics when this returns. */
    public void flush() {
        publishers.values().forEach(LastmilePublisher::flush);
        requireSent();
    }

    /** All that was sent is in the topics when this returns. */
    @Override
    public void close() {
        publishers.values().forEach(LastmilePublisher::close);
        requireSent();
    }

    private void requireSent() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("the load could not be sent", thrown);
        }
    }
}
