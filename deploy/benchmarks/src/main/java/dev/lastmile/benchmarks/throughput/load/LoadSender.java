package dev.lastmile.benchmarks.throughput.load;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.publisher.LastmilePublisher;
import dev.lastmile.schema.publisher.PublisherSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Publishes a load as a customer's program would. */
public final class LoadSender implements Load.Receiver {

    private static final String RIGHT = "fine";
    private static final String WRONG = "fraud";

    private final LastmilePublisher publisher;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private LoadSender(LastmilePublisher publisher) {
        this.publisher = publisher;
    }

    /** Sends all of it; it is in the topics when this returns. */
    public static void send(Load load, String bootstrapServers, String registryUrl) {
        PublisherSettings settings = PublisherSettings.of(Load.CUSTOMER, bootstrapServers, registryUrl)
                .with("linger.ms", "20")
                .with("batch.size", "262144")
                .with("compression.type", "lz4");
        LastmilePublisher publisher = new LastmilePublisher(settings);
        LoadSender sender = new LoadSender(publisher);
        try (publisher) {
            load.replay(sender);
        }
        Throwable thrown = sender.failure.get();
        if (thrown != null) {
            throw new IllegalStateException("the load could not be sent", thrown);
        }
    }

    @Override
    public void answer(Load.Answer answer) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < Load.DIMENSIONS.size(); i++) {
            Load.Dimension dimension = Load.DIMENSIONS.get(i);
            attributes.put(dimension.name(), dimension.value(answer.values().get(i)));
        }
        check(publisher.publish(InferenceEvent.newBuilder()
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
    public void truth(Load.Answer answer, long observedAtMs) {
        check(publisher.publish(GroundTruthEvent.newBuilder()
                .setDeployment(answer.deploymentName())
                .setInferenceId(answer.id())
                .setObservedAt(Instant.ofEpochMilli(observedAtMs))
                .setTruth(Label.newBuilder().setValue(RIGHT).build())
                .build()));
    }

    private void check(CompletableFuture<RecordMetadata> written) {
        CompletableFuture<RecordMetadata> unused = written.whenComplete((metadata, thrown) -> {
            if (thrown != null) {
                failure.compareAndSet(null, thrown);
            }
        });
    }
}
