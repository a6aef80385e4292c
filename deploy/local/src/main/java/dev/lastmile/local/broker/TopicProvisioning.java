package dev.lastmile.local.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Creates a customer's five topics as the monitor needs them: append time on the inputs, since the fate of a record is
 * judged by the broker's clock and not by the customer's, and a limit for what few bytes may unpack to; compaction where only the last value of a key counts.
 */
public final class TopicProvisioning {

    private static final long TIMEOUT_SECONDS = 30;
    private static final short ONE_REPLICA = 1;

    private final String bootstrapServers;

    /** Topics on the cluster behind {@code bootstrapServers}. */
    public TopicProvisioning(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** As {@link #create(String, int, Optional)}, with the broker's own retention. */
    public void create(String customer, int partitions) {
        create(customer, partitions, Optional.empty());
    }

    /**
     * Creates the topics and waits until they are there.
     *
     * @param customer the tenant, as in the topics' names
     * @param partitions of each topic; every customer must have the same number
     * @param retention of the inputs; a negative one keeps records for ever, which old event times need
     * @throws IllegalStateException when the broker refuses or does not answer within 30 seconds
     */
    public void create(String customer, int partitions, Optional<Duration> retention) {
        Map<String, String> input = new HashMap<>(
                Map.of("message.timestamp.type", "LogAppendTime", "max.decompressed.message.bytes", "1048576"));
        retention.ifPresent(
                keep -> input.put("retention.ms", keep.isNegative() ? "-1" : Long.toString(keep.toMillis())));
        Map<String, String> compacted = Map.of("cleanup.policy", "compact");
        List<NewTopic> topics = new ArrayList<>();
        topics.add(topic(customer, "inferences", partitions, input));
        topics.add(topic(customer, "ground-truth", partitions, input));
        topics.add(topic(customer, "slice-statistics", partitions, compacted));
        topics.add(topic(customer, "alerts", partitions, compacted));
        topics.add(topic(customer, "dead-letters", partitions, Map.of()));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topics of customer " + customer + " were not created: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics of customer " + customer, e);
        }
    }

    private static NewTopic topic(String customer, String entity, int partitions, Map<String, String> configuration) {
        return new NewTopic("lastmile." + customer + "." + entity + ".v1", partitions, ONE_REPLICA)
                .configs(configuration);
    }
}
