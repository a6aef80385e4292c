package dev.lastmile.faults.canary;

import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.Transcript;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Events with a word in every text but the names of what is counted: deployments, versions and values of declared dimensions. */
final class CanaryEvents {

    /** The word. */
    static final String CANARY = "cAnArY-7f3a91";

    private static final int OF_EACH_KIND = 40;

    /** So many that the slice of which every second word is wrong is an alert. */
    private static final int OF_WORDS = 600;

    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(5);
    private static final String INFERENCES = Topics.inferences(Stranger.CUSTOMER);
    private static final String TRUTHS = Topics.groundTruth(Stranger.CUSTOMER);

    static {
        TrustedRecords.trust();
    }

    private final KafkaAvroSerializer serializer;
    private final Instant now = Instant.now();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

    private CanaryEvents(KafkaAvroSerializer serializer) {
        this.serializer = serializer;
    }

    /** All of them, in order. */
    static List<ProducerRecord<byte[], byte[]>> all(String registryUrl) {
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(
                    Map.of("schema.registry.url", registryUrl, "avro.remove.java.properties", true), false);
            CanaryEvents events = new CanaryEvents(serializer);
            for (int i = 0; i < OF_EACH_KIND; i++) {
                events.ofLabels(CANARY + "-" + i);
            }
            for (int i = 0; i < OF_WORDS; i++) {
                events.ofWords("s" + CANARY + "-" + i, BETWEEN_WORDS.multipliedBy(OF_WORDS - i), i % 2 == 0);
            }
            return events.records;
        }
    }

    private void ofLabels(String id) {
        InferenceEvent good = InferenceEvent.newBuilder()
                .setDeployment(Stranger.DEPLOYMENT)
                .setModelVersion("v1")
                .setInferenceId(id)
                .setOccurredAt(now)
                .setAttributes(Map.of("a", "1", "b", "\u202e" + CANARY, "undeclared " + CANARY, CANARY))
                .setOutput(new Label(CANARY))
                .setSessionId(CANARY + id)
                .build();
        add(good);
        add(truth(Stranger.DEPLOYMENT, id, now, new Label(CANARY + " no")));
        add(InferenceEvent.newBuilder(good)
                .setInferenceId("w" + id)
                .setOutput(new Transcript(CANARY))
                .build());
        add(InferenceEvent.newBuilder(good)
                .setDeployment(CANARY)
                .setInferenceId("u" + id)
                .build());
        add(InferenceEvent.newBuilder(good)
                .setInferenceId("o" + id)
                .setCustomer(CANARY.toLowerCase(Locale.ROOT))
                .build());
        add(InferenceEvent.newBuilder(good)
                .setInferenceId("l" + id)
                .setOccurredAt(Instant.EPOCH)
                .build());
        add(INFERENCES, id, CANARY.getBytes(StandardCharsets.UTF_8));
    }

    /** What was said, understood or not, and what should have been. */
    private void ofWords(String id, Duration ago, boolean understood) {
        String said = CANARY + " went down " + CANARY;
        add(InferenceEvent.newBuilder()
                .setDeployment(Stranger.DEPLOYMENT_OF_WORDS)
                .setModelVersion("v1")
                .setInferenceId(id)
                .setOccurredAt(now.minus(ago))
                .setAttributes(Map.of("a", understood ? "clear" : "hoarse", "undeclared " + CANARY, CANARY))
                .setOutput(new Transcript(understood ? said : CANARY + " " + CANARY + " " + CANARY))
                .setSessionId(CANARY + id)
                .build());
        add(truth(Stranger.DEPLOYMENT_OF_WORDS, id, now.minus(ago), new Transcript(said)));
    }

    private static GroundTruthEvent truth(String deployment, String id, Instant observedAt, Object truth) {
        return GroundTruthEvent.newBuilder()
                .setDeployment(deployment)
                .setInferenceId(id)
                .setObservedAt(observedAt)
                .setTruth(truth)
                .setRevision(0)
                .build();
    }

    private void add(InferenceEvent event) {
        add(INFERENCES, event.getInferenceId(), serializer.serialize(INFERENCES, event));
    }

    private void add(GroundTruthEvent event) {
        add(TRUTHS, event.getInferenceId(), serializer.serialize(TRUTHS, event));
    }

    private void add(String topic, CharSequence key, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(CANARY, CANARY.getBytes(StandardCharsets.UTF_8));
        records.add(new ProducerRecord<>(topic, 0, key.toString().getBytes(StandardCharsets.UTF_8), value, headers));
    }
}
