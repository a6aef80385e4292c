package dev.lastmile.faults.exactness;

import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import dev.lastmile.faults.traffic.Events;
import dev.lastmile.schema.Topics;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The customers of a stream: their topics, and their records on the way to the broker. */
final class Customers {

    private static final short ONE_REPLICA = 1;

    private Customers() {}

    /**
     * Makes the input topics; the others are the monitor's to make. Here the producer says when a record was appended, not
     * the broker: the stream's arrivals lie in the past, and a record's fate depends on them.
     */
    static void createTopics(Admin admin, int partitions) throws Exception {
        Map<String, String> configuration =
                Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1", "cleanup.policy", "delete");
        List<NewTopic> topics = new ArrayList<>();
        for (String customer : OracleStream.customers()) {
            for (String topic : List.of(Topics.inferences(customer), Topics.groundTruth(customer))) {
                topics.add(new NewTopic(topic, partitions, ONE_REPLICA).configs(configuration));
            }
        }
        admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
    }

    /**
     * Sends everything in order of arrival by one idempotent producer, so that every partition has it in that order;
     * returns when all of it is on the broker.
     */
    static void send(OracleStream stream, String bootstrapServers, String registryUrl) throws Exception {
        send(stream.arrivals(), bootstrapServers, registryUrl);
    }

    /** The same with a part of it; one part after the other makes the whole. */
    static void send(List<Arrival> arrivals, String bootstrapServers, String registryUrl) throws Exception {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer();
                KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            serializer.configure(
                    Map.of("schema.registry.url", registryUrl, "avro.remove.java.properties", true), false);
            for (Arrival arrival : arrivals) {
                String topic = Events.topicOf(arrival.sent());
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic,
                        null,
                        arrival.arrivalMs(),
                        Events.keyOf(arrival.sent()),
                        serializer.serialize(topic, Events.eventOf(arrival.sent())));
                // The callback says all that the future would.
                Future<RecordMetadata> unused =
                        producer.send(record, (metadata, failed) -> failure.compareAndSet(null, failed));
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        20,
                        "batch.size",
                        128 << 10,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
