package dev.lastmile.schema.publisher;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Transcript;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What the module's README shows between the marks; here so that it compiles and runs. */
final class PublishingExample {

    private PublishingExample() {}

    static CompletableFuture<RecordMetadata> publishBoth(PublisherSettings settings) {
        // begin
        try (LastmilePublisher publisher = new LastmilePublisher(settings)) {
            InferenceEvent inference = InferenceEvent.newBuilder()
                    .setDeployment("ward-7")
                    .setModelVersion("2026.10")
                    .setInferenceId("d2f1c0de-7")
                    .setOccurredAt(Instant.now())
                    .setAttributes(Map.of("accent", "scottish", "noise", "imaging"))
                    .setOutput(new Transcript("the left lung is dear"))
                    .build();
            CompletableFuture<RecordMetadata> sent = publisher.publish(inference);

            // Minutes to weeks later, perhaps from another process:
            GroundTruthEvent truth = GroundTruthEvent.newBuilder()
                    .setDeployment("ward-7")
                    .setInferenceId("d2f1c0de-7")
                    .setObservedAt(Instant.now())
                    .setTruth(new Transcript("the left lung is clear"))
                    .build();
            return sent.thenCombine(publisher.publish(truth), (first, second) -> second);
        }
        // end
    }
}
