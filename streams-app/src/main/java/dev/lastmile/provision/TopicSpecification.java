package dev.lastmile.provision;

import dev.lastmile.schema.Topics;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it should be.
 *
 * @param name of the topic
 * @param settings what must be so, in the order of their names; all else is the broker's choice
 * @param mayKeepLonger whether records may stay longer than the settings say: to keep less is a loss, to keep more a decision
 */
public record TopicSpecification(String name, Map<String, String> settings, boolean mayKeepLonger) {

    /**
     * How large one record may be once it is unpacked, bytes: somewhat more than what the monitor takes, so that it says itself what
     * it refuses, and little enough that many of them do no harm. A client unpacks before anybody can look.
     */
    public static final int MOST_UNPACKED_BYTES = 1 << 20;

    /** How long records are kept that are not compacted, unless said otherwise. */
    public static final Duration KEPT = Duration.ofDays(14);

    public TopicSpecification {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * Where a customer writes. The broker stamps the records: a record's age is judged by the broker's time. And it refuses what would
     * be too large unpacked, which needs Kafka 4.4.
     *
     * @param kept how long records stay, exactly; without it {@link #KEPT} or longer. The monitor must not be away for longer
     */
    public static List<TopicSpecification> inputs(String customer, Optional<Duration> kept) {
        Map<String, String> settings = new TreeMap<>(stampedByTheBroker(kept.orElse(KEPT)));
        settings.put(TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG, Integer.toString(MOST_UNPACKED_BYTES));
        return List.of(
                new TopicSpecification(Topics.inferences(customer), settings, kept.isEmpty()),
                new TopicSpecification(Topics.groundTruth(customer), settings, kept.isEmpty()));
    }

    /** What the monitor writes for a customer: the last value of a key counts, but for refused records, which are kept a while. */
    public static List<TopicSpecification> outputs(String customer) {
        Map<String, String> compacted = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return List.of(
                new TopicSpecification(Topics.sliceStatistics(customer), compacted, true),
                new TopicSpecification(Topics.alerts(customer), compacted, true),
                new TopicSpecification(Topics.deadLetters(customer), deletedAfter(KEPT), true));
    }

    /** Where operators write. */
    public static TopicSpecification commands(String topic) {
        return new TopicSpecification(topic, stampedByTheBroker(KEPT), true);
    }

    /** Whether a setting of a topic that is there is as it should be. */
    boolean accepts(String key, String is) {
        String shouldBe = settings.get(key);
        return shouldBe == null
                || shouldBe.equals(is)
                || (mayKeepLonger && key.equals(TopicConfig.RETENTION_MS_CONFIG) && isLonger(is, shouldBe));
    }

    /** Whether one number of milliseconds is more than another; -1 is for ever. */
    private static boolean isLonger(String is, String shouldBe) {
        return is.equals("-1")
                || (is.matches("[0-9]{1,32}") && new BigInteger(is).compareTo(new BigInteger(shouldBe)) > 0);
    }

    private static Map<String, String> stampedByTheBroker(Duration kept) {
        Map<String, String> settings = new TreeMap<>(deletedAfter(kept));
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        return settings;
    }

    private static Map<String, String> deletedAfter(Duration kept) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(kept.toMillis()));
    }
}
