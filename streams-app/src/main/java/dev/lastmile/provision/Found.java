package dev.lastmile.provision;

import dev.lastmile.schema.Topics;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What a cluster holds.
 *
 * @param topics customers' topics and the operators', by name
 * @param rights all rules of the cluster's authorizer, about whatever
 * @param credentials users that can log in with a password, and how
 * @param quotas of users, by the users' names and Kafka's names of quotas
 */
public record Found(
        Map<String, Topic> topics,
        List<AclBinding> rights,
        Map<String, Set<ScramMechanism>> credentials,
        Map<String, Map<String, Double>> quotas) {

    /**
     * A topic as it is.
     *
     * @param partitions how many it has
     * @param settings in force, whether they were set or are the broker's defaults
     */
    public record Topic(int partitions, Map<String, String> settings) {}

    public Found {
        topics = Map.copyOf(topics);
        rights = List.copyOf(rights);
        credentials = Map.copyOf(credentials);
        quotas = Map.copyOf(quotas);
    }

    /** Those of whom there is a topic. */
    NavigableSet<String> customers() {
        NavigableSet<String> customers = new TreeSet<>();
        topics.keySet().forEach(topic -> Topics.customerOf(topic).ifPresent(customers::add));
        return customers;
    }

    /** How many partitions most inputs have, the smaller number of two that are equally frequent; empty without inputs. */
    OptionalInt usualPartitions() {
        Map<Integer, Integer> frequencies = new TreeMap<>();
        topics.forEach((name, topic) -> {
            if (isInput(name)) {
                frequencies.merge(topic.partitions(), 1, Integer::sum);
            }
        });
        OptionalInt usual = OptionalInt.empty();
        int most = 0;
        for (Map.Entry<Integer, Integer> entry : frequencies.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                usual = OptionalInt.of(entry.getKey());
            }
        }
        return usual;
    }

    private static boolean isInput(String topic) {
        return Topics.ALL_INFERENCES.matcher(topic).matches()
                || Topics.ALL_GROUND_TRUTHS.matcher(topic).matches();
    }
}
