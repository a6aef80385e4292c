package dev.lastmile.app;

import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.bundle.OwnTopicMissingException;
import dev.lastmile.topology.bundle.ReadSoFar;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics in which Kafka Streams keeps what the monitor has counted. Once something was read they must be there, and stay. Kafka
 * Streams itself looks for them only when work is shared out, which is not always done when an instance comes back under its name:
 * until then it waits for what will not come.
 */
final class OwnTopics {

    private static final int TIME_LIMIT_MS = 4_000;

    private final Admin admin;
    private final String group;
    private boolean hasRead;

    /** Missing when it was looked last. A broker that has just heard of a topic may say once that there is none. */
    private Set<String> missing = Set.of();

    /**
     * @param admin a client, which stays the caller's
     * @param group of the monitors
     */
    OwnTopics(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * What is to be said if some are missing now and were when it was asked before.
     *
     * @throws ExecutionException if the broker refuses to say, or does not answer
     * @throws TimeoutException if it does not answer either
     */
    Optional<OwnTopicMissingException> lost() throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> before = missing;
        missing = missing();
        if (!missing.isEmpty() && !hasRead) {
            hasRead = ReadSoFar.isAnything(
                    admin, group, topic -> MonitorTopology.pairOf(topic).isPresent());
        }
        Set<String> lost = new TreeSet<>(missing);
        lost.retainAll(before);
        return hasRead && !lost.isEmpty() ? Optional.of(new OwnTopicMissingException(group, lost)) : Optional.empty();
    }

    private Set<String> missing() throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> none = new TreeSet<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> described : admin.describeTopics(
                        MonitorTopology.ownTopics(group), new DescribeTopicsOptions().timeoutMs(TIME_LIMIT_MS))
                .topicNameValues()
                .entrySet()) {
            try {
                described.getValue().get(2L * TIME_LIMIT_MS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                none.add(described.getKey());
            }
        }
        return none;
    }
}
