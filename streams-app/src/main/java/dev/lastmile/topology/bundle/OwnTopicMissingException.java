package dev.lastmile.topology.bundle;

import java.util.Collection;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;

/** Topics of the monitor's own are not there, though it has counted something already: whoever deleted them deleted its sums. */
public final class OwnTopicMissingException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /**
     * @param group of the monitors
     * @param topics that are missing
     */
    public OwnTopicMissingException(String group, Collection<String> topics) {
        super("the group " + group + " has counted records, but its own topics " + new TreeSet<>(topics)
                + " are missing: what they held is lost, and needs another applicationId to be counted anew");
    }
}
