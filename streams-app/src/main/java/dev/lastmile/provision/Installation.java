package dev.lastmile.provision;

import java.util.List;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The monitors that share an application id, and what is theirs in the cluster.
 *
 * @param applicationId as configured; internal topics and transactional ids begin with it and a hyphen
 */
public record Installation(String applicationId) {

    /** The topic between the two stages. Kafka Streams deletes what was read of it. */
    private static final String BETWEEN_THE_STAGES = "deltas-repartition";

    public Installation {
        // Checks the name.
        Account.ofMonitor(applicationId);
    }

    /** As whom the monitors run. */
    public Account monitor() {
        return Account.ofMonitor(applicationId);
    }

    /** Where operators write. */
    String commandsTopic() {
        return applicationId + "-commands";
    }

    ResourcePattern group() {
        return new ResourcePattern(ResourceType.GROUP, applicationId, PatternType.LITERAL);
    }

    ResourcePattern transactionalIds() {
        return new ResourcePattern(ResourceType.TRANSACTIONAL_ID, applicationId + "-", PatternType.PREFIXED);
    }

    ResourcePattern ownTopics() {
        return new ResourcePattern(ResourceType.TOPIC, applicationId + "-", PatternType.PREFIXED);
    }

    ResourcePattern topicBetweenTheStages() {
        return new ResourcePattern(ResourceType.TOPIC, applicationId + "-" + BETWEEN_THE_STAGES, PatternType.LITERAL);
    }

    /** All that a right can be about and that is this installation's or its customers'. */
    List<ResourcePattern> everything() {
        return List.of(
                new ResourcePattern(ResourceType.TOPIC, "lastmile.", PatternType.PREFIXED),
                ownTopics(),
                group(),
                transactionalIds(),
                // Who may make tokens for a user can be that user.
                new ResourcePattern(ResourceType.USER, "User:lastmile.", PatternType.PREFIXED),
                new ResourcePattern(ResourceType.USER, monitor().principal(), PatternType.LITERAL));
    }
}
