package dev.lastmile.topology.bundle;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that says with each offset which topic it is of. */
final class IdentifyingProducer extends KafkaProducer<byte[], byte[]> {

    private final Identities identities;

    IdentifyingProducer(Map<String, Object> settings, Identities identities) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.identities = identities;
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        super.sendOffsetsToTransaction(identities.identified(offsets), groupMetadata);
    }
}
