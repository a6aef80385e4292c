package dev.lastmile.topology.bundle;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients that Kafka Streams works with: its usual ones, but for the consumer of its input, that its producer says which
 * topics offsets are of, and for the client that makes its own topics.
 *
 * @param pairOf the pair that a topic is of, whose records come in {@link Bundle}s and in step; empty for one whose records come
 *     one by one
 * @param gaps told what the broker deleted too early
 * @param identities which topics are read
 * @param readable which topics that a pattern finds are read
 * @param group of the monitors
 * @param mayBeNew whether an own topic may be made although something was read
 * @param readAheadBytes so many bytes of bundles each consumer hands out, and a poll on top, before some were worked off
 * @param pressure told how many there are
 * @param held which partitions are not read
 */
public record BundlingClients(
        Function<String, Optional<TopicPair>> pairOf,
        Gaps gaps,
        Identities identities,
        ReadableTopics readable,
        String group,
        Predicate<String> mayBeNew,
        long readAheadBytes,
        BackPressure pressure,
        HeldPartitions held)
        implements KafkaClientSupplier {

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return new CautiousAdmin(settings, group, topic -> pairOf.apply(topic).isPresent(), mayBeNew);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new IdentifyingProducer(settings, identities);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        return new BundlingConsumer(settings, pairOf, gaps, identities, readable, readAheadBytes, pressure, held);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return plain(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return plain(settings);
    }

    private static Consumer<byte[], byte[]> plain(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
