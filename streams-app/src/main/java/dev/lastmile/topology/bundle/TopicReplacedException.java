package dev.lastmile.topology.bundle;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** More was read of a partition than it ever held: it is another one, or was cut off, and nobody knows what is missing. */
public final class TopicReplacedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    TopicReplacedException(TopicPartition partition, long next, long end) {
        super("topic " + partition.topic() + " was made anew or cut off: partition " + partition.partition()
                + " was read up to offset " + next + " and now ends at " + end);
    }
}
