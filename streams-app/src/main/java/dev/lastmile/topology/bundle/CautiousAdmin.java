package dev.lastmile.topology.bundle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The client with which Kafka Streams makes its own topics where they are missing: before anything was read, that is. Afterwards
 * somebody has deleted them, and with empty ones it would go on as if nothing had ever been counted.
 */
final class CautiousAdmin extends ForwardingAdmin {

    private final String group;
    private final Predicate<String> isInput;
    private final Predicate<String> mayBeNew;

    /**
     * @param group of the monitors
     * @param isInput whether a topic is one that customers write
     * @param mayBeNew whether an own topic may be made although something was read
     */
    CautiousAdmin(Map<String, Object> settings, String group, Predicate<String> isInput, Predicate<String> mayBeNew) {
        super(settings);
        this.group = group;
        this.isInput = isInput;
        this.mayBeNew = mayBeNew;
    }

    /**
     * {@inheritDoc}
     *
     * @throws OwnTopicMissingException if something was read already
     */
    @Override
    public CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
        List<String> missing =
                topics.stream().map(NewTopic::name).filter(mayBeNew.negate()).toList();
        if (!missing.isEmpty() && hasRead()) {
            throw new OwnTopicMissingException(group, missing);
        }
        return super.createTopics(topics, options);
    }

    /** Metrics are not sent to brokers, see the setting {@code enable.metrics.push}; what is extended here has no way to do it. */
    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {}

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {}

    private boolean hasRead() {
        try {
            return ReadSoFar.isAnything(this, group, isInput);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException refused) {
                throw refused;
            }
            throw new KafkaException("the broker does not say what the group " + group + " has read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking what the group " + group + " has read", e);
        }
    }
}
