package dev.lastmile.faults.exactness;

import dev.lastmile.schema.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far an application is in its input, as the broker knows it. */
final class Progress implements AutoCloseable {

    private final Admin admin;
    private final String applicationId;

    /** Of the application on the brokers. */
    Progress(String bootstrapServers, String applicationId) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.applicationId = applicationId;
    }

    Admin admin() {
        return admin;
    }

    /** Where partitions of these topics end, control records included; topics that do not exist are left out. */
    Map<TopicPartition, Long> ends(Predicate<String> topics) throws Exception {
        Set<String> names = new HashSet<>(get(admin.listTopics().names()));
        names.removeIf(topics.negate());
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        get(admin.describeTopics(names).allTopicNames()).forEach((name, topic) -> topic.partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest).all()).forEach((partition, found) -> ends.put(partition, found.offset()));
        return ends;
    }

    /** How many records of the customers' topics the application is done with for good. */
    long read() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata());
        long read = 0;
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
            // Customers' producers use no transactions, so offsets count records.
            if (Topics.customerOf(entry.getKey().topic()).isPresent()) {
                read += entry.getValue().offset();
            }
        }
        return read;
    }

    /** Transactions of the application that are neither committed nor aborted. */
    List<String> openTransactions() throws Exception {
        List<String> open = new ArrayList<>();
        get(admin.listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                        .all())
                .forEach(listing -> {
                    if (listing.transactionalId().startsWith(applicationId)) {
                        open.add(listing.transactionalId());
                    }
                });
        return open;
    }

    static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
    }
}
