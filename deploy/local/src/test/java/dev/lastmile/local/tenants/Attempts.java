package dev.lastmile.local.tenants;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Somebody who tries everything, with Kafka's own clients. What could do harm is asked for in a form that does none: validated
 * only, or deleting up to the first offset. An attempt succeeds if it is not refused for want of a right; one that ends otherwise,
 * as by a time-out, has tried nothing, and throws.
 */
final class Attempts implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] SOMETHING = "something".getBytes(StandardCharsets.UTF_8);
    private static final String BROKER = "1";

    /** Answers of a broker that has asked its authorizer before. */
    private static final Set<Class<? extends Exception>> BEYOND_THE_AUTHORIZER = Set.of(
            TopicExistsException.class,
            // Nothing can be deleted of a compacted topic.
            PolicyViolationException.class,
            GroupIdNotFoundException.class,
            TransactionalIdNotFoundException.class);

    private final String who;
    private final Map<String, Object> settings;
    private final TopicPartition readable;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;

    /**
     * Clients of somebody.
     *
     * @param settings how they connect
     * @param readable a topic that whoever has a group can read: offsets are committed to it
     */
    Attempts(String who, Map<String, Object> settings, String readable) {
        this.who = who;
        this.settings = settings;
        this.readable = new TopicPartition(readable, 0);
        this.admin = Admin.create(settings);
        // An idempotent producer asks for more than to write.
        this.producer = producer("enable.idempotence", "false");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer(String key, String value) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("max.block.ms", PATIENCE.toMillis());
        all.put(key, value);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Tries the cell, which must be this one's. */
    boolean succeeds(Cell cell) throws Exception {
        if (!cell.who().equals(who)) {
            throw new IllegalArgumentException("not " + who + "'s: " + cell);
        }
        try {
            attempt(cell);
            return true;
        } catch (TimeoutException e) {
            throw new IllegalStateException("tried nothing: " + cell, e);
        } catch (Exception e) {
            Throwable reason = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            if (refusals(cell.type()).stream().anyMatch(refusal -> refusal.isInstance(reason))) {
                return false;
            }
            boolean refusedForSomethingElse =
                    cell.type() == ResourceType.GROUP && reason instanceof AuthorizationException;
            if (refusedForSomethingElse
                    || BEYOND_THE_AUTHORIZER.stream().anyMatch(answer -> answer.isInstance(reason))) {
                return true;
            }
            throw new IllegalStateException("tried nothing: " + cell, reason);
        }
    }

    private static List<Class<? extends Exception>> refusals(ResourceType type) {
        return switch (type) {
            case TOPIC -> List.of(TopicAuthorizationException.class);
            case GROUP -> List.of(GroupAuthorizationException.class);
            case TRANSACTIONAL_ID -> List.of(TransactionalIdAuthorizationException.class);
            // Whoever may not make topics at all may not make this one.
            case CLUSTER -> List.of(ClusterAuthorizationException.class, TopicAuthorizationException.class);
            default -> throw new IllegalArgumentException("nothing is known of " + type);
        };
    }

    private void attempt(Cell cell) throws Exception {
        switch (cell.type()) {
            case TOPIC -> attemptTopic(cell.name(), cell.operation());
            case GROUP -> answer(group(cell.name(), cell.operation()));
            case TRANSACTIONAL_ID -> attemptTransactionalId(cell.name(), cell.operation());
            case CLUSTER -> answer(cluster(cell.operation()));
            default -> throw new IllegalArgumentException("nothing is known of " + cell);
        }
    }

    private void attemptTopic(String topic, AclOperation operation) throws Exception {
        switch (operation) {
            case READ -> read(topic);
            case WRITE ->
                producer.send(new ProducerRecord<>(topic, 0, SOMETHING, SOMETHING))
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            default -> answer(topic(topic, operation));
        }
    }

    private KafkaFuture<?> topic(String topic, AclOperation operation) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return switch (operation) {
            case DESCRIBE -> admin.describeTopics(List.of(topic)).allTopicNames();
            case CREATE -> create(topic);
            case DELETE ->
                admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(0)))
                        .all();
            case ALTER ->
                admin.createPartitions(
                                Map.of(topic, NewPartitions.increaseTo(9)),
                                new CreatePartitionsOptions().validateOnly(true))
                        .all();
            case DESCRIBE_CONFIGS -> admin.describeConfigs(List.of(resource)).all();
            case ALTER_CONFIGS -> set(resource, "retention.ms", "1000");
            default -> throw new IllegalArgumentException("nothing is known of " + operation);
        };
    }

    private KafkaFuture<Void> create(String topic) {
        return admin.createTopics(
                        List.of(new NewTopic(topic, 1, (short) 1)), new CreateTopicsOptions().validateOnly(true))
                .all();
    }

    private KafkaFuture<Void> set(ConfigResource resource, String key, String value) {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        return admin.incrementalAlterConfigs(
                        Map.of(resource, List.of(set)), new AlterConfigsOptions().validateOnly(true))
                .all();
    }

    private void read(String topic) throws TimeoutException {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, 0);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("neither a record nor a refusal");
            }
        }
    }

    private KafkaFuture<?> group(String group, AclOperation operation) {
        return switch (operation) {
            case READ ->
                admin.alterConsumerGroupOffsets(group, Map.of(readable, new OffsetAndMetadata(0)))
                        .all();
            case DESCRIBE -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
            case DELETE -> admin.deleteConsumerGroups(List.of(group)).all();
            default -> throw new IllegalArgumentException("nothing is known of " + operation);
        };
    }

    private void attemptTransactionalId(String id, AclOperation operation) throws Exception {
        switch (operation) {
            case WRITE -> {
                Producer<byte[], byte[]> transactional = producer("transactional.id", id);
                try {
                    transactional.initTransactions();
                } finally {
                    transactional.close(Duration.ZERO);
                }
            }
            case DESCRIBE -> answer(admin.describeTransactions(List.of(id)).all());
            default -> throw new IllegalArgumentException("nothing is known of " + operation);
        }
    }

    private KafkaFuture<?> cluster(AclOperation operation) {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, BROKER);
        return switch (operation) {
            case CREATE -> create("made-by-" + who);
            // A right that gives nobody anything.
            case ALTER ->
                admin.createAcls(List.of(new AclBinding(
                                new ResourcePattern(ResourceType.TOPIC, "nothing", PatternType.LITERAL),
                                new AccessControlEntry(
                                        "User:nobody", "*", AclOperation.READ, AclPermissionType.ALLOW))))
                        .all();
            case DESCRIBE -> admin.describeAcls(AclBindingFilter.ANY).values();
            case DESCRIBE_CONFIGS -> admin.describeConfigs(List.of(broker)).all();
            case ALTER_CONFIGS -> set(broker, "log.cleaner.backoff.ms", "15000");
            default -> throw new IllegalArgumentException("nothing is known of " + operation);
        };
    }

    private static <T> T answer(KafkaFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        consumer.close();
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
