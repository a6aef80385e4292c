package dev.lastmile.faults.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.local.broker.TopicProvisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the monitor needs of a broker; run against every kind there is. */
public abstract class BrokerContract {

    private static final String INFERENCES = "lastmile.st-marys.inferences.v1";
    private static final String TRUTHS = "lastmile.st-marys.ground-truth.v1";
    private static final long LONG_AGO_MS = 1_000_000_000_000L;

    /** A fresh broker, which the caller closes. */
    protected abstract TestBroker start();

    @Test
    void committedTransactionsAreReadAndAbortedOnesAreNot() throws Exception {
        try (TestBroker broker = start()) {
            new TopicProvisioning(broker.bootstrapServers()).create("st-marys", 2);

            try (KafkaProducer<String, String> producer = transactional(broker)) {
                producer.beginTransaction();
                send(producer, new ProducerRecord<>(INFERENCES, "i-1", "kept"));
                producer.commitTransaction();
                producer.beginTransaction();
                send(producer, new ProducerRecord<>(INFERENCES, "i-2", "aborted"));
                producer.abortTransaction();
                producer.beginTransaction();
                send(producer, new ProducerRecord<>(INFERENCES, "i-3", "kept too"));
                producer.commitTransaction();
            }

            assertThat(readCommitted(broker, 2))
                    .extracting(ConsumerRecord::value)
                    .containsExactlyInAnyOrder("kept", "kept too");
        }
    }

    @Test
    void inputsCarryTheBrokersTimeWhateverTheCustomerClaims() throws Exception {
        try (TestBroker broker = start()) {
            new TopicProvisioning(broker.bootstrapServers()).create("st-marys", 1, Optional.of(Duration.ofMillis(-1)));

            long before = System.currentTimeMillis();
            try (KafkaProducer<String, String> producer = transactional(broker)) {
                producer.beginTransaction();
                send(producer, new ProducerRecord<>(INFERENCES, 0, LONG_AGO_MS, "i-1", "old"));
                producer.commitTransaction();
            }

            assertThat(readCommitted(broker, 1).get(0).timestamp())
                    .isBetween(before - 60_000, System.currentTimeMillis() + 60_000);
        }
    }

    @Test
    void topicsAreNeverMadeByAskingForThem() throws Exception {
        try (TestBroker broker = start()) {
            new TopicProvisioning(broker.bootstrapServers()).create("st-marys", 3);

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThat(admin.describeTopics(List.of(TRUTHS))
                                .allTopicNames()
                                .get(30, TimeUnit.SECONDS)
                                .values())
                        .singleElement()
                        .satisfies(topic -> assertThat(topic.partitions()).hasSize(3));
                assertThatThrownBy(() -> admin.describeTopics(List.of("lastmile.nobody.inferences.v1"))
                                .allTopicNames()
                                .get(30, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            }
        }
    }

    private static KafkaProducer<String, String> transactional(TestBroker broker) {
        KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test-" + UUID.randomUUID()),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static void send(KafkaProducer<String, String> producer, ProducerRecord<String, String> record)
            throws Exception {
        producer.send(record).get(30, TimeUnit.SECONDS);
    }

    private static List<ConsumerRecord<String, String>> readCommitted(TestBroker broker, int expected) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(INFERENCES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= expected;
            });
            consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            return records;
        }
    }
}
