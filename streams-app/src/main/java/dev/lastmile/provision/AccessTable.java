package dev.lastmile.provision;

import dev.lastmile.schema.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what; all that is not here is refused. A customer writes inputs and reads outputs, its own alone. The monitor
 * reads inputs and writes outputs, and has its group, its transactional ids and its own topics. Neither has any right on the
 * cluster: an idempotent producer needs none, nor does a transactional one.
 *
 * @param installation whose table it is
 */
public record AccessTable(Installation installation) {

    /** One operation on one of the topics that each customer has. */
    private record Row(Function<String, String> topic, AclOperation operation) {}

    private static final List<Row> CUSTOMER = List.of(
            new Row(Topics::inferences, AclOperation.WRITE),
            new Row(Topics::groundTruth, AclOperation.WRITE),
            new Row(Topics::sliceStatistics, AclOperation.READ),
            new Row(Topics::alerts, AclOperation.READ),
            new Row(Topics::deadLetters, AclOperation.READ));

    /**
     * In the order in which it is granted. A running monitor takes up a customer when it has all of it, and says until then what is
     * missing. It looks at the settings of inputs to warn where the customer decides what time it is.
     */
    private static final List<Row> MONITOR = List.of(
            new Row(Topics::sliceStatistics, AclOperation.WRITE),
            new Row(Topics::alerts, AclOperation.WRITE),
            new Row(Topics::deadLetters, AclOperation.WRITE),
            new Row(Topics::inferences, AclOperation.DESCRIBE_CONFIGS),
            new Row(Topics::groundTruth, AclOperation.DESCRIBE_CONFIGS),
            new Row(Topics::inferences, AclOperation.READ),
            new Row(Topics::groundTruth, AclOperation.READ));

    /** What the monitor may do whoever the customers are. */
    public List<Right> ofMonitor() {
        Account monitor = installation.monitor();
        return List.of(
                new Right(monitor, installation.group(), AclOperation.READ),
                new Right(monitor, installation.transactionalIds(), AclOperation.WRITE),
                new Right(monitor, installation.ownTopics(), AclOperation.CREATE),
                new Right(monitor, installation.ownTopics(), AclOperation.READ),
                new Right(monitor, installation.ownTopics(), AclOperation.WRITE),
                new Right(monitor, installation.topicBetweenTheStages(), AclOperation.DELETE));
    }

    /** What a customer's arrival takes: the monitor's rights on the customer's topics, then the customer's own. */
    public List<Right> ofCustomer(String customer) {
        List<Right> rights = new ArrayList<>();
        MONITOR.forEach(row -> rights.add(right(installation.monitor(), row, customer)));
        CUSTOMER.forEach(row -> rights.add(right(Account.ofCustomer(customer), row, customer)));
        return rights;
    }

    /** What any monitor needs of a customer: the operations on each of the five topics. */
    public static Map<String, Set<AclOperation>> neededOf(String customer) {
        Map<String, Set<AclOperation>> needed = new TreeMap<>();
        MONITOR.forEach(
                row -> needed.computeIfAbsent(row.topic().apply(customer), any -> EnumSet.noneOf(AclOperation.class))
                        .add(row.operation()));
        return needed;
    }

    private static Right right(Account holder, Row row, String customer) {
        String topic = row.topic().apply(customer);
        return new Right(holder, new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), row.operation());
    }
}
