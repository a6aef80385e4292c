package dev.lastmile.topology.bundle;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** What the brokers say of topics; thread-safe. */
public interface TopicIds {

    /**
     * The ids that Kafka gave to topics when they were made; those that do not exist are left out.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if the brokers cannot tell now, and may later
     */
    Map<String, Uuid> of(Set<String> topics);
}
