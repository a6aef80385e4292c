package dev.lastmile.app;

import dev.lastmile.topology.bundle.TopicIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the brokers say of the customers' topics. */
final class InputTopics implements TopicIds {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final Admin admin;

    /** Topics on the brokers of this client, which stays the caller's. */
    InputTopics(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, Uuid> of(Set<String> topics) {
        Map<String, Uuid> ids = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        topics, new DescribeTopicsOptions().timeoutMs((int) TIME_LIMIT.toMillis()))
                .topicNameValues();
        described.forEach((topic, answer) -> {
            try {
                ids.put(topic, answer.get().topicId());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure(topic, e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        });
        return ids;
    }

    private static KafkaException failure(String topic, ExecutionException e) {
        String what = "the broker does not say which topic " + topic + " is";
        return e.getCause() instanceof RetriableException
                ? new TimeoutException(what, e)
                : e.getCause() instanceof KafkaException refusal ? refusal : new KafkaException(what, e);
    }
}
