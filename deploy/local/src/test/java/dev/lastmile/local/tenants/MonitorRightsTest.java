package dev.lastmile.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.app.Configuration;
import dev.lastmile.app.End;
import dev.lastmile.app.Monitor;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.local.tenants.AuthorizerLog.Answered;
import dev.lastmile.provision.AccessTable;
import dev.lastmile.provision.Installation;
import dev.lastmile.provision.Right;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.SliceStatisticsEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.publisher.LastmilePublisher;
import dev.lastmile.schema.publisher.PublisherSettings;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real monitor as the user that {@code topics create} made for it, and customers as theirs. */
final class MonitorRightsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int INFERENCES = 600;
    private static final String ACME = "lastmile.acme";

    private final Path directory;

    MonitorRightsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void withTheRightsOfTheTableAloneEventsBecomeStatisticsAndNoRightIsIdle() throws Exception {
        try (AuthorizerLog authorizer = new AuthorizerLog();
                SecuredCluster cluster = SecuredCluster.start(directory);
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            cluster.createMonitor();
            cluster.createCustomer("acme");
            try (Monitor monitor = Monitor.start(configuration(cluster, registry))) {
                publish(cluster, registry);
                sendGarbage(cluster, "acme");

                Awaitility.await().atMost(PATIENCE).until(() -> {
                    assertThat(monitor.ended()).as("it goes on").isNotDone();
                    return has(cluster, registry, Topics.sliceStatistics("acme"), this::isWhole)
                            && has(cluster, registry, Topics.alerts("acme"), AlertEvent.class::isInstance)
                            && has(cluster, registry, Topics.deadLetters("acme"), DeadLetterEvent.class::isInstance);
                });
                // A customer that comes while the monitor runs is found, and needs no restart.
                cluster.createCustomer("st-marys");
                Awaitility.await().atMost(PATIENCE).until(() -> isUsed(authorizer, lastRightOn("st-marys")));
                assertThat(monitor.ended()).isNotDone();
                assertThat(monitor.health().threadsFailed()).isZero();
            }
            // With its state lost it reads its changelogs.
            try (Monitor again = Monitor.start(configuration(cluster, registry))) {
                Awaitility.await().atMost(PATIENCE).until(() -> again.readiness()
                        .ready());
            }

            assertThat(authorizer.about(SecuredCluster.MONITOR).stream().filter(answer -> !answer.allowed()))
                    .as("what the monitor asked for in vain")
                    .isEmpty();
            assertThat(authorizer.about(ACME).stream().filter(answer -> !answer.allowed()))
                    .as("what the customer asked for in vain")
                    .isEmpty();
            AccessTable table = new AccessTable(new Installation(SecuredCluster.MONITOR));
            List<Right> rights = new ArrayList<>(table.ofMonitor());
            rights.addAll(table.ofCustomer("acme"));
            assertThat(rights)
                    .as("rights that nobody needed")
                    .filteredOn(right -> !isUsed(authorizer, right))
                    .isEmpty();
        }
    }

    /** What may be missing of a customer. */
    enum Missing {
        RIGHT_TO_READ {
            @Override
            void takeAway(SecuredCluster cluster) throws Exception {
                cluster.remove(right(Topics.groundTruth("acme"), AclOperation.READ));
            }

            @Override
            void giveBack(SecuredCluster cluster) throws Exception {
                cluster.plant(right(Topics.groundTruth("acme"), AclOperation.READ));
            }
        },
        RIGHT_TO_WRITE {
            @Override
            void takeAway(SecuredCluster cluster) throws Exception {
                cluster.remove(right(Topics.deadLetters("acme"), AclOperation.WRITE));
            }

            @Override
            void giveBack(SecuredCluster cluster) throws Exception {
                cluster.plant(right(Topics.deadLetters("acme"), AclOperation.WRITE));
            }
        },
        INPUT_TOPIC {
            @Override
            void takeAway(SecuredCluster cluster) throws Exception {
                try (Admin admin = cluster.administrator()) {
                    SecuredCluster.answer(admin.deleteTopics(List.of(Topics.groundTruth("acme")))
                            .all());
                }
            }

            @Override
            void giveBack(SecuredCluster cluster) throws Exception {
                cluster.createCustomer("acme");
            }
        };

        abstract void takeAway(SecuredCluster cluster) throws Exception;

        abstract void giveBack(SecuredCluster cluster) throws Exception;

        static AclBinding right(String topic, AclOperation operation) {
            return new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                    new AccessControlEntry("User:" + SecuredCluster.MONITOR, "*", operation, AclPermissionType.ALLOW));
        }
    }

    @ParameterizedTest
    @EnumSource(Missing.class)
    void aCustomerOfWhomSomethingIsMissingIsTakenUpOnceItIsThereAndHoldsUpNobody(Missing missing) throws Exception {
        try (SecuredCluster cluster = SecuredCluster.start(directory);
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            cluster.createMonitor();
            cluster.createCustomer("acme");
            cluster.createCustomer("st-marys");
            missing.takeAway(cluster);
            sendGarbage(cluster, "acme");
            sendGarbage(cluster, "st-marys");
            try (Monitor monitor = Monitor.start(configuration(cluster, registry))) {
                awaitLetters(monitor, cluster, registry, "st-marys", 1);
                assertThat(letters(cluster, registry, "acme")).isZero();
                assertThat(monitor.health().customersIncomplete()).isEqualTo(1);

                missing.giveBack(cluster);

                awaitLetters(monitor, cluster, registry, "acme", 1);
                assertThat(monitor.health().customersIncomplete()).isZero();
                assertThat(monitor.health().threadsFailed()).isZero();
            }
        }
    }

    /** Kafka Streams may lose a thread over a task that loses a topic; that is replaced, and nothing else is lost. */
    @Test
    void aRightToReadThatIsTakenAwayWhileItRunsHoldsUpThatCustomerAlone() throws Exception {
        try (SecuredCluster cluster = SecuredCluster.start(directory);
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            cluster.createMonitor();
            cluster.createCustomer("acme");
            cluster.createCustomer("st-marys");
            try (Monitor monitor = Monitor.start(configuration(cluster, registry))) {
                sendGarbage(cluster, "acme");
                awaitLetters(monitor, cluster, registry, "acme", 1);
                Missing.RIGHT_TO_READ.takeAway(cluster);
                Awaitility.await().atMost(PATIENCE).until(() -> monitor.health().customersIncomplete() == 1);
                sendGarbage(cluster, "acme");
                sendGarbage(cluster, "st-marys");
                awaitLetters(monitor, cluster, registry, "st-marys", 1);
                assertThat(letters(cluster, registry, "acme")).isEqualTo(1);

                Missing.RIGHT_TO_READ.giveBack(cluster);

                awaitLetters(monitor, cluster, registry, "acme", 2);
            }
        }
    }

    /** The monitor's own rights are another matter. */
    @Test
    void aMissingRightOfItsOwnEndsTheMonitorWithExitCode2() throws Exception {
        try (SecuredCluster cluster = SecuredCluster.start(directory);
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            cluster.createMonitor();
            cluster.createCustomer("acme");
            cluster.remove(new AclBinding(
                    new ResourcePattern(ResourceType.GROUP, SecuredCluster.MONITOR, PatternType.LITERAL),
                    new AccessControlEntry(
                            "User:" + SecuredCluster.MONITOR, "*", AclOperation.READ, AclPermissionType.ALLOW)));
            try (Monitor monitor = Monitor.start(configuration(cluster, registry))) {
                End end = monitor.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

                assertThat(end)
                        .isEqualTo(new End(
                                End.BAD_CONFIGURATION,
                                "kafka: the broker refuses this client: Not authorized to access group: "
                                        + SecuredCluster.MONITOR));
            }
        }
    }

    private static void awaitLetters(
            Monitor monitor, SecuredCluster cluster, EmbeddedRegistry registry, String customer, int letters) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(monitor.ended()).as("it goes on").isNotDone();
            return letters(cluster, registry, customer) == letters;
        });
    }

    private static long letters(SecuredCluster cluster, EmbeddedRegistry registry, String customer) {
        return events(cluster, registry, customer, Topics.deadLetters(customer)).stream()
                .filter(DeadLetterEvent.class::isInstance)
                .count();
    }

    private static Configuration configuration(SecuredCluster cluster, EmbeddedRegistry registry) throws Exception {
        return Configuration.read(
                cluster.configuration(cluster.encryption(), registry.url()),
                SecuredCluster.environment(SecuredCluster.MONITOR));
    }

    /** Half of them of an accent for which the answer is always wrong, so that there is something to alert of. */
    private static void publish(SecuredCluster cluster, EmbeddedRegistry registry) {
        PublisherSettings settings = PublisherSettings.of("acme", cluster.bootstrapServers(), registry.url());
        for (Map.Entry<String, Object> setting : cluster.client(ACME).entrySet()) {
            if (!setting.getKey().equals("bootstrap.servers")) {
                settings = settings.with(setting.getKey(), String.valueOf(setting.getValue()));
            }
        }
        Instant now = Instant.now();
        try (LastmilePublisher publisher = new LastmilePublisher(settings)) {
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int i = 0; i < INFERENCES; i++) {
                boolean scottish = i % 2 == 0;
                sent.add(publisher.publish(InferenceEvent.newBuilder()
                        .setDeployment("ward-7")
                        .setModelVersion("v1")
                        .setInferenceId("i" + i)
                        .setOccurredAt(now)
                        .setAttributes(Map.of("accent", scottish ? "scottish" : "other"))
                        .setOutput(new Label("yes"))
                        .build()));
                sent.add(publisher.publish(GroundTruthEvent.newBuilder()
                        .setDeployment("ward-7")
                        .setInferenceId("i" + i)
                        .setObservedAt(now)
                        .setTruth(new Label(scottish ? "no" : "yes"))
                        .build()));
            }
            sent.forEach(CompletableFuture::join);
        }
    }

    private static void sendGarbage(SecuredCluster cluster, String customer) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.client("lastmile." + customer), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
            assertThat(producer.send(new ProducerRecord<>(Topics.inferences(customer), garbage, garbage))
                            .get(30, TimeUnit.SECONDS))
                    .isNotNull();
        }
    }

    private boolean isWhole(Object event) {
        return event instanceof SliceStatisticsEvent statistics && statistics.getLabelled() == INFERENCES;
    }

    /** Whether the customer finds such a record in its topic. It has no group: it says itself from where it reads. */
    private static boolean has(
            SecuredCluster cluster, EmbeddedRegistry registry, String topic, Predicate<Object> wanted) {
        return events(cluster, registry, "acme", topic).stream().anyMatch(wanted);
    }

    private static List<Object> events(
            SecuredCluster cluster, EmbeddedRegistry registry, String customer, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        cluster.client("lastmile." + customer),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            deserializer.configure(Map.of("schema.registry.url", registry.url(), "specific.avro.reader", true), false);
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Object> events = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> events.add(deserializer.deserialize(topic, record.value())));
            }
            return events;
        }
    }

    /** The last right that the monitor is given on a customer's topics. */
    private static Right lastRightOn(String customer) {
        return new AccessTable(new Installation(SecuredCluster.MONITOR))
                .ofCustomer(customer).stream()
                        .filter(right -> right.operation() == AclOperation.READ
                                && right.resource().name().equals(Topics.groundTruth(customer)))
                        .findFirst()
                        .orElseThrow();
    }

    private static boolean isUsed(AuthorizerLog authorizer, Right right) {
        return authorizer.about(right.holder().name()).stream()
                .filter(Answered::allowed)
                .map(Answered::cell)
                .anyMatch(cell -> cell.operation() == right.operation()
                        && cell.type() == right.resource().resourceType()
                        && (right.resource().patternType() == PatternType.LITERAL
                                ? cell.name().equals(right.resource().name())
                                : cell.name().startsWith(right.resource().name())));
    }
}
