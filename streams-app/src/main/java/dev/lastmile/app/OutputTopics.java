package dev.lastmile.app;

import dev.lastmile.provision.TopicSpecification;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.CustomerTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics a customer reads and the one operators write to, where they are missing, with as many partitions as that
 * customer's inputs. With fewer, and before there is a customer, the operators' topic alone would decide how many partitions
 * the topic between the stages gets. Topics that exist are left as they are. Also looks, once a customer, whether the broker stamps the inputs itself: where it does
 * not, the customer decides what time it is.
 */
final class OutputTopics implements CustomerTopics {

    private static final Logger LOG = LoggerFactory.getLogger(OutputTopics.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final short replicationFactor;
    private final String commandsTopic;
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final Set<String> notLogAppendTime = ConcurrentHashMap.newKeySet();

    /**
     * Topics on the brokers of this client, which stays the caller's.
     *
     * @param replicationFactor copies of each, or -1 for the broker's default
     * @param commandsTopic where operators write
     */
    OutputTopics(Admin admin, short replicationFactor, String commandsTopic) {
        this.admin = admin;
        this.replicationFactor = replicationFactor;
        this.commandsTopic = commandsTopic;
    }

    /**
     * Returns once the customer's topics exist. Cheap after the first time.
     *
     * @throws KafkaException if the broker refuses, or does not answer within 30 s
     */
    @Override
    public void require(String customer) {
        if (done.contains(customer)) {
            return;
        }
        List<String> inputs = List.of(Topics.inferences(customer), Topics.groundTruth(customer));
        int partitions = partitionsOf(inputs);
        List<TopicSpecification> wanted = new ArrayList<>(TopicSpecification.outputs(customer));
        wanted.add(TopicSpecification.commands(commandsTopic));
        create(missing(wanted).stream()
                .map(topic -> new NewTopic(topic.name(), partitions, replicationFactor).configs(topic.settings()))
                .toList());
        checkTimestamps(inputs);
        done.add(customer);
    }

    /** Input topics seen so far whose timestamps the broker does not set. */
    long notLogAppendTime() {
        return notLogAppendTime.size();
    }

    private int partitionsOf(List<String> inputs) {
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(inputs).topicNameValues();
        List<TopicDescription> there = new ArrayList<>();
        // Both, since of one that may not be read nothing would ever come, and nobody would hear why.
        inputs.forEach(input -> ifExists(input, described.get(input)).ifPresent(there::add));
        if (there.isEmpty()) {
            throw new KafkaException("neither input topic of the customer exists any more: " + inputs);
        }
        return there.get(0).partitions().size();
    }

    /** Whoever provisioned the outputs need not let the monitor make topics: it asks for those alone that are not there. */
    private List<TopicSpecification> missing(List<TopicSpecification> wanted) {
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        wanted.stream().map(TopicSpecification::name).toList())
                .topicNameValues();
        return wanted.stream()
                .filter(topic ->
                        ifExists(topic.name(), described.get(topic.name())).isEmpty())
                .toList();
    }

    private void create(Collection<NewTopic> topics) {
        Map<String, KafkaFuture<Void>> results = admin.createTopics(topics).values();
        results.forEach((topic, result) -> {
            try {
                result.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                LOG.atInfo().addKeyValue("topic", topic).log("Made a topic");
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failure(topic, "cannot make topic ", e.getCause());
                }
            } catch (InterruptedException | TimeoutException e) {
                throw interruptedOrLate(e);
            }
        });
    }

    private void checkTimestamps(List<String> inputs) {
        List<ConfigResource> resources = new ArrayList<>();
        inputs.forEach(input -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, input)));
        admin.describeConfigs(resources).values().forEach((resource, result) -> ifExists(resource.name(), result)
                .map(OutputTopics::timestampType)
                .filter(type -> !type.equals("LogAppendTime"))
                .ifPresent(type -> warn(resource.name(), type)));
    }

    private static String timestampType(Config config) {
        ConfigEntry entry = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        return entry == null ? "LogAppendTime" : entry.value();
    }

    private void warn(String topic, String type) {
        if (notLogAppendTime.add(topic)) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("timestampType", type)
                    .log(
                            "An input topic should have message.timestamp.type=LogAppendTime: as it is, the customer decides"
                                    + " which events are too old");
        }
    }

    private static <T> Optional<T> ifExists(String topic, @Nullable KafkaFuture<T> future) {
        if (future == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(future.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure(topic, "cannot ask the broker about topic ", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw interruptedOrLate(e);
        }
    }

    /** The broker does not always say of which topic it speaks; who has to give a right must know. */
    private static KafkaException failure(String topic, String what, @Nullable Throwable cause) {
        return cause instanceof TopicAuthorizationException
                ? new TopicAuthorizationException(Set.of(topic))
                : new KafkaException(what + topic, cause);
    }

    private static KafkaException interruptedOrLate(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new KafkaException("the broker did not answer about a customer's topics", e);
    }
}
