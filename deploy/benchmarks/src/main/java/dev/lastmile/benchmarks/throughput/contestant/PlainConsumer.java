package dev.lastmile.benchmarks.throughput.contestant;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The limit: a consumer that decodes what it reads. */
public final class PlainConsumer implements Contestant {

    @Override
    public String label() {
        return "consumer that decodes";
    }

    @Override
    public Running start(Stage stage) {
        AtomicLong decoded = new AtomicLong();
        Thread thread = new Thread(() -> consume(stage, decoded), "plain-consumer");
        thread.start();
        return new Running() {
            @Override
            public boolean isDone() {
                return decoded.get() == stage.expected().events();
            }

            @Override
            public String difference() {
                return "";
            }

            @Override
            public void close() {
                thread.interrupt();
            }
        };
    }

    private static void consume(Stage stage, AtomicLong decoded) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                stage.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaAvroDeserializer deserializer = Clients.deserializer(stage.registryUrl())) {
            List<TopicPartition> partitions = Clients.TOPICS.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (decoded.get() < stage.expected().events()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (deserializer.deserialize(record.topic(), record.value()) != null) {
                        decoded.incrementAndGet();
                    }
                }
            }
        }
    }
}
