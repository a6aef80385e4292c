package dev.lastmile.local.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.local.broker.EmbeddedBroker;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.bundle.BackPressure;
import dev.lastmile.topology.bundle.Bundle;
import dev.lastmile.topology.bundle.BundlingClients;
import dev.lastmile.topology.bundle.Gaps;
import dev.lastmile.topology.bundle.HeldPartitions;
import dev.lastmile.topology.bundle.Identities;
import dev.lastmile.topology.bundle.ReadableTopics;
import dev.lastmile.topology.bundle.TopicReplacedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** On a real broker: what Kafka Streams gets instead of single records, and where it would begin again. */
final class BundlingConsumerTest {

    private static final TopicPartition CUSTOMERS = new TopicPartition(Topics.inferences("st-marys"), 0);
    private static final TopicPartition TRUTHS = new TopicPartition(Topics.groundTruth("st-marys"), 0);
    private static final TopicPartition OURS = new TopicPartition(Topics.alerts("st-marys"), 0);
    private static final int RECORDS = 5_000;
    private static final long MUCH = 1L << 30;

    /** Nobody, but where a test says otherwise. */
    private static final HeldPartitions HELD = new HeldPartitions(() -> 0);

    @Test
    void customersRecordsComeInBundlesInOrderAndAllOthersOneByOne() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);
            send(broker);
            try (Consumer<byte[], byte[]> consumer = clients(new Gaps(), MUCH).getConsumer(settings(broker))) {
                consumer.assign(List.of(CUSTOMERS, OURS));
                consumer.seekToBeginning(consumer.assignment());

                List<String> fromCustomers = new ArrayList<>();
                List<String> ours = new ArrayList<>();
                List<Integer> sizes = new ArrayList<>();
                long next = 0;
                while (fromCustomers.size() < RECORDS || ours.size() < RECORDS) {
                    ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(10));
                    assertThat(polled.isEmpty()).as("everything comes in time").isFalse();
                    for (ConsumerRecord<byte[], byte[]> bundle : polled.records(CUSTOMERS)) {
                        assertThat(bundle.offset())
                                .as("a bundle begins where the last one ended")
                                .isEqualTo(next);
                        List<ConsumerRecord<byte[], byte[]>> records = ((Bundle) bundle.headers()).records();
                        records.forEach(record -> fromCustomers.add(text(record)));
                        sizes.add(records.size());
                        next += records.size();
                    }
                    polled.records(OURS).forEach(record -> ours.add(text(record)));
                    if (!polled.records(CUSTOMERS).isEmpty()) {
                        assertThat(polled.nextOffsets()).hasEntrySatisfying(CUSTOMERS, goesOn -> assertThat(
                                        goesOn.offset())
                                .isEqualTo(sizes.stream().mapToInt(size -> size).sum()));
                    }
                }
                assertThat(fromCustomers).isEqualTo(expected(CUSTOMERS));
                assertThat(ours).isEqualTo(expected(OURS));
                assertThat(sizes).allMatch(size -> size <= 64).contains(64);
            }
        }
    }

    /** Each poll reads 100 records of one partition or the other; without steps it would be thousands of one of them. */
    @Test
    void theTwoTopicsOfACustomerAreReadInStep() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);
            sendInTurn(broker);
            try (Consumer<byte[], byte[]> consumer =
                    clients(new Gaps(), MUCH).getConsumer(settingsOfSmallPieces(broker))) {
                consumer.assign(List.of(CUSTOMERS, TRUTHS));
                consumer.seekToBeginning(consumer.assignment());

                Map<TopicPartition, Long> read = new HashMap<>(Map.of(CUSTOMERS, 0L, TRUTHS, 0L));
                long farthest = 0;
                while (read.values().stream().anyMatch(records -> records < RECORDS)) {
                    ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(10));
                    assertThat(polled.isEmpty()).as("everything comes in time").isFalse();
                    for (TopicPartition partition : polled.partitions()) {
                        read.merge(partition, recordsOf(polled.records(partition)), Long::sum);
                    }
                    farthest = Math.max(
                            farthest, Math.abs(read.getOrDefault(CUSTOMERS, 0L) - read.getOrDefault(TRUTHS, 0L)));
                }
                // Eight polls at the beginning, as long as it is not known of both that there is something, and then
                // one or two.
                assertThat(farthest).as("records that one is ahead").isLessThanOrEqualTo(1_500);
                assertThat(consumer.paused()).isEmpty();
            }
        }
    }

    /** Kafka Streams pauses partitions for its own reasons. */
    @Test
    void whatItsUserPausesStaysPausedUntilItsUserResumesIt() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);
            sendInTurn(broker);
            try (Consumer<byte[], byte[]> consumer =
                    clients(new Gaps(), MUCH).getConsumer(settingsOfSmallPieces(broker))) {
                consumer.assign(List.of(CUSTOMERS, TRUTHS));
                consumer.seekToBeginning(consumer.assignment());
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(10));
                consumer.pause(List.of(TRUTHS));

                long customers = recordsOf(polled.records(CUSTOMERS));
                while (customers < RECORDS) {
                    polled = consumer.poll(Duration.ofSeconds(10));
                    assertThat(polled.partitions()).containsExactly(CUSTOMERS);
                    customers += recordsOf(polled.records(CUSTOMERS));
                }
                assertThat(consumer.paused()).containsExactly(TRUTHS);

                consumer.resume(List.of(TRUTHS));
                assertThat(consumer.poll(Duration.ofSeconds(10)).partitions()).containsExactly(TRUTHS);
            }
        }
    }

    @Test
    void whatTheBrokerDeletedTooEarlyIsCountedAndLeftToItsUser() throws Exception {
        Gaps gaps = new Gaps();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);
            send(broker);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                    Consumer<byte[], byte[]> consumer = clients(gaps, MUCH).getConsumer(settings(broker))) {
                admin.deleteRecords(Map.of(CUSTOMERS, RecordsToDelete.beforeOffset(400)))
                        .all()
                        .get();
                consumer.assign(List.of(CUSTOMERS));
                consumer.seek(CUSTOMERS, 390);

                assertThatThrownBy(() -> pollOften(consumer)).isInstanceOf(OffsetOutOfRangeException.class);

                assertThat(gaps.offsetsByTopic()).isEqualTo(Map.of(CUSTOMERS.topic(), 10L));
                consumer.seekToBeginning(List.of(CUSTOMERS));
                assertThat(((Bundle) consumer.poll(Duration.ofSeconds(10))
                                        .iterator()
                                        .next()
                                        .headers())
                                .records()
                                .get(0)
                                .offset())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void aTopicThatHoldsLessThanWasReadIsRefused() throws Exception {
        Gaps gaps = new Gaps();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);
            send(broker);
            try (Consumer<byte[], byte[]> consumer = clients(gaps, MUCH).getConsumer(settings(broker))) {
                consumer.assign(List.of(CUSTOMERS));
                consumer.seek(CUSTOMERS, RECORDS + 5);

                assertThatThrownBy(() -> pollOften(consumer))
                        .isInstanceOf(TopicReplacedException.class)
                        .hasMessage("topic lastmile.st-marys.inferences.v1 was made anew or cut off: partition 0 was"
                                + " read up to offset 5005 and now ends at 5000");
            }
        }
        assertThat(gaps.offsetsByTopic()).isEmpty();
    }

    /** Two partitions with 40 kB in each record, of which no more than 100 kB and a poll should be ahead. */
    @Test
    void whatHasMuchAheadWaitsUntilSomeOfItIsWorkedOffAndNothingElseDoes() throws Exception {
        TopicPartition other = new TopicPartition(Topics.inferences("acme"), 0);
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);
            broker.createCustomerTopicsKeptForever("acme", 1);
            send(broker, CUSTOMERS, 40_000, 20);
            Map<String, Object> settings = new HashMap<>(settings(broker));
            settings.put("max.poll.records", 4);
            BackPressure pressure = new BackPressure(System::nanoTime);
            try (Consumer<byte[], byte[]> consumer =
                    clients(new Gaps(), 100_000, pressure).getConsumer(settings)) {
                consumer.assign(List.of(CUSTOMERS, other));
                consumer.seekToBeginning(consumer.assignment());
                List<Bundle> ahead = new ArrayList<>();
                while (ahead.isEmpty()) {
                    consumer.poll(Duration.ofSeconds(10)).forEach(bundle -> ahead.add((Bundle) bundle.headers()));
                }

                assertThat(consumer.poll(Duration.ofMillis(500)).isEmpty()).isTrue();
                assertThat(consumer.paused()).containsExactly(CUSTOMERS);
                assertThat(pressure.partitionsWaiting()).isEqualTo(1);
                assertThat(pressure.bytes()).isGreaterThan(100_000);
                send(broker, other, 100, 1);
                assertThat(consumer.poll(Duration.ofSeconds(10)).partitions())
                        .as("little of another one is read meanwhile")
                        .containsExactly(other);

                ahead.forEach(Bundle::workedOff);
                assertThat(consumer.poll(Duration.ofSeconds(10)).partitions()).containsExactly(CUSTOMERS);
                assertThat(pressure.partitionsWaiting()).isZero();
                assertThat(pressure.times()).isEqualTo(1);
            }
        }
    }

    /** As Kafka Streams pauses and resumes partitions for its own reasons, which does not change what is held. */
    @Test
    void whatIsHeldIsNotReadUntilItIsReleasedAndItsFollowerGoesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);
            sendInTurn(broker);
            HELD.hold(CUSTOMERS);
            try (Consumer<byte[], byte[]> consumer =
                    clients(new Gaps(), MUCH).getConsumer(settingsOfSmallPieces(broker))) {
                consumer.assign(List.of(CUSTOMERS, TRUTHS));
                consumer.seekToBeginning(consumer.assignment());
                long read = 0;
                while (read < RECORDS) {
                    ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(10));
                    assertThat(polled.partitions()).as("in time").containsExactly(TRUTHS);
                    read += recordsOf(polled.records(TRUTHS));
                    consumer.pause(List.of(CUSTOMERS));
                    consumer.resume(List.of(CUSTOMERS));
                }

                HELD.release(CUSTOMERS);
                read = 0;
                while (read < RECORDS) {
                    ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(10));
                    assertThat(polled.partitions()).as("in time").containsExactly(CUSTOMERS);
                    assertThat(((Bundle) polled.records(CUSTOMERS).get(0).headers())
                                    .records()
                                    .get(0)
                                    .offset())
                            .isEqualTo(read);
                    read += recordsOf(polled.records(CUSTOMERS));
                }
                assertThat(consumer.paused()).isEmpty();
            } finally {
                HELD.release(CUSTOMERS);
            }
        }
    }

    private static BundlingClients clients(Gaps gaps, long readAheadBytes) {
        return clients(gaps, readAheadBytes, new BackPressure(System::nanoTime));
    }

    private static BundlingClients clients(Gaps gaps, long readAheadBytes, BackPressure pressure) {
        return new BundlingClients(
                MonitorTopology::pairOf,
                gaps,
                new Identities(MonitorTopology::pairOf, topics -> Map.of()),
                new Everything(),
                "watch",
                topic -> false,
                readAheadBytes,
                pressure,
                HELD);
    }

    /** Whoever assigns partitions is not asked. */
    private static final class Everything implements ReadableTopics {
        @Override
        public Pattern all() {
            return MonitorTopology.customersTopics();
        }

        @Override
        public Set<String> now(Duration patience) {
            return Set.of();
        }

        @Override
        public boolean refused(Set<String> topics) {
            return false;
        }
    }

    private static void send(EmbeddedBroker broker, TopicPartition partition, int bytes, int records) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < records; i++) {
                var unused = producer.send(new ProducerRecord<>(partition.topic(), 0, "key", "x".repeat(bytes)));
            }
        }
    }

    private static void pollOften(Consumer<byte[], byte[]> consumer) {
        for (int i = 0; i < 100; i++) {
            consumer.poll(Duration.ofMillis(100));
        }
    }

    private static long recordsOf(List<ConsumerRecord<byte[], byte[]>> bundles) {
        return bundles.stream()
                .mapToLong(bundle -> ((Bundle) bundle.headers()).records().size())
                .sum();
    }

    private static List<String> expected(TopicPartition partition) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            values.add(partition.topic() + " " + i);
        }
        return values;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> settings(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
    }

    private static Map<String, Object> settingsOfSmallPieces(EmbeddedBroker broker) {
        Map<String, Object> settings = new HashMap<>(settings(broker));
        settings.put("max.poll.records", 100);
        return settings;
    }

    /** A few of each in turn, so that the broker's times of both go on together. */
    private static void sendInTurn(EmbeddedBroker broker) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                for (TopicPartition partition : List.of(CUSTOMERS, TRUTHS)) {
                    var unused = producer.send(new ProducerRecord<>(partition.topic(), 0, "key", "value " + i));
                }
                if (i % 10 == 9) {
                    producer.flush();
                }
            }
        }
    }

    private static void send(EmbeddedBroker broker) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "enable.idempotence", true),
                new StringSerializer(),
                new StringSerializer())) {
            for (TopicPartition partition : List.of(CUSTOMERS, OURS)) {
                for (String value : expected(partition)) {
                    var unused = producer.send(new ProducerRecord<>(partition.topic(), 0, "key", value));
                }
            }
            producer.flush();
        }
    }
}
