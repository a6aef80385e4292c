package dev.lastmile.local.demo;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the alert topics as their customers would, from the start, and hands on every event. */
final class AlertWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final KafkaConsumer<String, AlertEvent> consumer;
    private final Consumer<AlertEvent> taker;
    private final Thread thread;

    private AlertWatch(KafkaConsumer<String, AlertEvent> consumer, Consumer<AlertEvent> taker) {
        this.consumer = consumer;
        this.taker = taker;
        thread = new Thread(this::read, "demo-alerts");
    }

    /**
     * Starts reading.
     *
     * @param taker called with every event, on the reading thread
     */
    static AlertWatch start(
            String bootstrapServers, String registryUrl, List<DeploymentId> deployments, Consumer<AlertEvent> taker) {
        KafkaAvroDeserializer avro = new KafkaAvroDeserializer();
        avro.configure(Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true), false);
        Deserializer<AlertEvent> events = (topic, bytes) -> (AlertEvent) avro.deserialize(topic, bytes);
        KafkaConsumer<String, AlertEvent> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                events);
        List<TopicPartition> partitions = new ArrayList<>();
        for (DeploymentId deployment : deployments) {
            for (PartitionInfo info : consumer.partitionsFor(Topics.alerts(deployment.customer()))) {
                partitions.add(new TopicPartition(info.topic(), info.partition()));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        AlertWatch watch = new AlertWatch(consumer, taker);
        watch.thread.start();
        return watch;
    }

    private void read() {
        try (consumer) {
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, AlertEvent> record : consumer.poll(POLL)) {
                    taker.accept(record.value());
                }
            }
        } catch (WakeupException e) {
            // Asked to stop.
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(STOPS_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
