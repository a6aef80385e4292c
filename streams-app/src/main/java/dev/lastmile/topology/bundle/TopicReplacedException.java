package dev.lastmile.topology.bundle;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** What was read of a topic is not of the one there is now, or more than it ever held: nobody knows what is missing. */
public final class TopicReplacedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    TopicReplacedException(TopicPartition partition, long next, long end) {
        super("topic " + partition.topic() + " was made anew or cut off: partition " + partition.partition()
                + " was read up to offset " + next + " and now ends at " + end);
    }

    TopicReplacedException(String topic, Uuid read, Uuid found) {
        super("topic " + topic + " was made anew: what was read of it had the id " + read + ", and it now has "
                + found);
    }
}
