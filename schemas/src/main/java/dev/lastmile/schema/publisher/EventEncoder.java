package dev.lastmile.schema.publisher;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes Kafka records of valid events: the customer's topic, the inference id as key, the Confluent wire format as value.
 * Apart from the producer, so that a registry that does not answer is not mistaken for a broker that does not.
 */
final class EventEncoder implements AutoCloseable {

    private final EventCheck check;
    private final String inferences;
    private final String groundTruth;
    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

    EventEncoder(PublisherSettings settings) {
        check = new EventCheck(settings.customer());
        inferences = Topics.inferences(settings.customer());
        groundTruth = Topics.groundTruth(settings.customer());
        serializer.configure(settings.serializerProperties(), false);
    }

    void check(InferenceEvent event) {
        check.check(event);
    }

    void check(GroundTruthEvent event) {
        check.check(event);
    }

    ProducerRecord<byte[], byte[]> encode(InferenceEvent event) {
        return encode(inferences, event.getInferenceId(), event);
    }

    ProducerRecord<byte[], byte[]> encode(GroundTruthEvent event) {
        return encode(groundTruth, event.getInferenceId(), event);
    }

    private ProducerRecord<byte[], byte[]> encode(String topic, String inferenceId, SpecificRecord event) {
        return new ProducerRecord<>(
                topic, inferenceId.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, event));
    }

    @Override
    public void close() {
        serializer.close();
    }
}
