package dev.lastmile.benchmarks.throughput.load;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
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
public final class LoadSender implements Load.Receiver {

    private static final String RIGHT = "fine";
    private static final String WRONG = "fraud";

    private static final int MOST_BATCH_BYTES = 262_144;
    private static final long ALL_BUFFERS_BYTES = 256L << 20;

    private final Shape shape;
    private final Map<String, LastmilePublisher> publishers = new HashMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private LoadSender(Shape shape) {
        this.shape = shape;
    }

    /** Sends all of it; it is in the topics when this returns. */
    public static void send(Load load, String bootstrapServers, String registryUrl) {
        LoadSender sender = new LoadSender(load.shape());
        List<String> customers = load.shape().customerNames();
        try {
            for (String customer : customers) {
                sender.publishers.put(
                        customer,
                        new LastmilePublisher(settings(customer, customers.size(), bootstrapServers, registryUrl)));
            }
            load.replay(sender);
        } finally {
            sender.publishers.values().forEach(LastmilePublisher::close);
        }
        Throwable thrown = sender.failure.get();
        if (thrown != null) {
            throw new IllegalStateException("the load could not be sent", thrown);
        }
    }

    private static PublisherSettings settings(
            String customer, int customers, String bootstrapServers, String registryUrl) {
        return PublisherSettings.of(customer, bootstrapServers, registryUrl)
                .with("linger.ms", "20")
                .with("batch.size", Integer.toString(MOST_BATCH_BYTES))
                .with("buffer.memory", Long.toString(Math.max(4L * MOST_BATCH_BYTES, ALL_BUFFERS_BYTES / customers)))
                .with("compression.type", "lz4");
    }

    @Override
    public void answer(Answer answer) {
        List<Dimension> carried = shape.slices().attributes();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < carried.size(); i++) {
            Dimension dimension = carried.get(i);
            attributes.put(dimension.name(), dimension.value(answer.values().get(i)));
        }
        check(publisherOf(answer)
                .publish(InferenceEvent.newBuilder()
                        .setDeployment(answer.deploymentName())
                        .setModelVersion("v1")
                        .setInferenceId(answer.id())
                        .setOccurredAt(Instant.ofEpochMilli(answer.occurredAtMs()))
                        .setAttributes(attributes)
                        .setOutput(Label.newBuilder()
                                .setValue(answer.wrong() ? WRONG : RIGHT)
                                .build())
                        .build()));
    }

    @Override
    public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
        check(publisherOf(answer)
                .publish(GroundTruthEvent.newBuilder()
                        .setDeployment(answer.deploymentName())
                        .setInferenceId(answer.id())
                        .setObservedAt(Instant.ofEpochMilli(observedAtMs))
                        .setTruth(Label.newBuilder()
                                .setValue(answer.wrong() == wrong ? RIGHT : WRONG)
                                .build())
                        .setRevision(revision)
                        .build()));
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
}
