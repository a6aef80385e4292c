package dev.lastmile.app;

import dev.lastmile.provision.AccessTable;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.CustomerTopics;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.bundle.ReadableTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up customers once all their topics and the monitor's rights on them are there, and the schemas of what they get are
 * known. One of whom something is missing would otherwise end the monitor for all of them, since Kafka Streams cannot go on without a
 * topic that it may not read or write, or hold up a stream thread.
 */
final class CustomerReception implements ReadableTopics {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerReception.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(15);

    /** Who is complete is looked at again after so many looks at the others, in case somebody takes something away. */
    private static final int LOOKS_BETWEEN_LOOKS_AT_ALL = 12;

    /** Whom a look says something of; the metric counts all. */
    private static final int MOST_LINES_A_LOOK = 10;

    private final Admin admin;
    private final CustomerTopics outputs;
    private final OutputSchemas schemas;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Map<String, String> missing = new TreeMap<>();
    private final Set<String> complete = new TreeSet<>();
    private volatile Set<String> readable = Set.of();
    private volatile int incomplete;
    private volatile @Nullable KafkaException refusal;
    private int looks;

    /**
     * Nobody is known yet.
     *
     * @param admin stays the caller's
     * @param outputs makes topics that customers read
     * @param schemas of what is written there
     */
    CustomerReception(Admin admin, CustomerTopics outputs, OutputSchemas schemas) {
        this.admin = admin;
        this.outputs = outputs;
        this.schemas = schemas;
    }

    @Override
    public Pattern all() {
        return MonitorTopology.customersTopics();
    }

    @Override
    public @Nullable Set<String> now(Duration patience) {
        try {
            if (!answered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        KafkaException refused = refusal;
        if (refused != null) {
            throw refused;
        }
        return readable;
    }

    /** Customers of whom something is missing. */
    long incomplete() {
        return incomplete;
    }

    /** Looks who has come, and at those of whom something was missing. */
    synchronized void look() {
        try {
            look(looks % LOOKS_BETWEEN_LOOKS_AT_ALL == 0);
            looks++;
            answered.countDown();
        } catch (AuthenticationException | AuthorizationException | UnsupportedVersionException e) {
            // It is about the monitor itself; what is missing of a customer was caught.
            refusal = e;
            answered.countDown();
        } catch (RetriableException e) {
            LOG.atDebug().setCause(e).log("The broker does not say which customers there are; it is asked again");
        }
    }

    private void look(boolean atAll) {
        Set<String> there = answer(admin.listTopics(new ListTopicsOptions().timeoutMs((int) TIME_LIMIT.toMillis()))
                .names());
        Set<String> customers = new TreeSet<>();
        for (String topic : there) {
            if (all().matcher(topic).matches()) {
                Topics.customerOf(topic).ifPresent(customers::add);
            }
        }
        complete.retainAll(customers);
        missing.keySet().retainAll(customers);
        if (!atAll) {
            customers.removeAll(complete);
        }
        if (!customers.isEmpty()) {
            judge(customers, there);
        }
        publish();
    }

    private void judge(Set<String> customers, Set<String> there) {
        Set<String> asked = new HashSet<>();
        customers.forEach(
                customer -> asked.addAll(AccessTable.neededOf(customer).keySet()));
        asked.retainAll(there);
        Map<String, TopicDescription> found = describe(asked);
        List<String> lines = new ArrayList<>();
        for (String customer : customers) {
            Optional<String> lacks = lacks(customer, found);
            if (lacks.isEmpty()) {
                missing.remove(customer);
                if (complete.add(customer)) {
                    LOG.atInfo()
                            .addKeyValue("customer", customer)
                            .log("A customer is complete and is read from now on");
                }
            } else {
                complete.remove(customer);
                if (!lacks.get().equals(missing.put(customer, lacks.get()))) {
                    lines.add(customer);
                }
            }
        }
        lines.stream().limit(MOST_LINES_A_LOOK).forEach(this::warn);
    }

    private void warn(String customer) {
        LOG.atWarn()
                .addKeyValue("customer", customer)
                .addKeyValue("missing", missing.get(customer))
                .log("A customer is not read, since something is missing; it is once it is there");
    }

    private Optional<String> lacks(String customer, Map<String, TopicDescription> found) {
        boolean allThere = true;
        for (Map.Entry<String, Set<AclOperation>> need :
                AccessTable.neededOf(customer).entrySet()) {
            String topic = need.getKey();
            TopicDescription description = found.get(topic);
            if (description == null && all().matcher(topic).matches()) {
                return Optional.of("the topic " + topic + ", or the right to read it");
            }
            if (description == null) {
                allThere = false;
            } else if (description.authorizedOperations() != null
                    && !description.authorizedOperations().containsAll(need.getValue())) {
                return Optional.of("one of the rights " + need.getValue() + " on the topic " + topic);
            }
        }
        Optional<String> lacks = allThere ? Optional.empty() : lacksOutputs(customer);
        return lacks.isPresent() ? lacks : schemas.lacks(customer);
    }

    private Optional<String> lacksOutputs(String customer) {
        try {
            outputs.require(customer);
            return Optional.empty();
        } catch (InterruptException e) {
            throw e;
        } catch (TopicAuthorizationException e) {
            if (e.unauthorizedTopics().stream()
                    .anyMatch(topic -> Topics.customerOf(topic).isEmpty())) {
                throw e;
            }
            return Optional.of("the right to make or write the topics " + e.unauthorizedTopics());
        } catch (KafkaException e) {
            return Optional.of("a topic to write to: " + End.oneLine(e));
        }
    }

    private Map<String, TopicDescription> describe(Set<String> topics) {
        Map<String, TopicDescription> found = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        topics,
                        new DescribeTopicsOptions()
                                .includeAuthorizedOperations(true)
                                .timeoutMs((int) TIME_LIMIT.toMillis()))
                .topicNameValues();
        described.forEach((topic, future) -> {
            try {
                found.put(topic, answer(future));
            } catch (TopicAuthorizationException e) {
                LOG.atDebug().addKeyValue("topic", topic).log("No right to describe a topic");
            } catch (UnknownTopicOrPartitionException e) {
                LOG.atDebug().addKeyValue("topic", topic).log("A topic went while it was looked at");
            }
        });
        return found;
    }

    private void publish() {
        Set<String> topics = new HashSet<>();
        for (String customer : complete) {
            topics.add(Topics.inferences(customer));
            topics.add(Topics.groundTruth(customer));
        }
        incomplete = missing.size();
        if (!topics.equals(readable)) {
            readable = Set.copyOf(topics);
        }
    }

    @Override
    public synchronized boolean refused(Set<String> topics) {
        if (topics.isEmpty()
                || !topics.stream().allMatch(topic -> all().matcher(topic).matches())) {
            return false;
        }
        for (String topic : topics) {
            String customer = Topics.customerOf(topic).orElseThrow();
            complete.remove(customer);
            String lacks = "the right READ on the topic " + topic;
            if (missing.put(customer, lacks) == null) {
                warn(customer);
            }
        }
        publish();
        return true;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(2 * TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("the broker does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
