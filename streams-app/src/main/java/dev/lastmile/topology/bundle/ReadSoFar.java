package dev.lastmile.topology.bundle;

import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What a group has committed that it has read. */
public final class ReadSoFar {

    private static final int TIME_LIMIT_MS = 10_000;

    private ReadSoFar() {}

    /**
     * Whether it has read anything of some topics.
     *
     * @throws ExecutionException if the broker refuses to say, or does not answer
     */
    public static boolean isAnything(Admin admin, String group, Predicate<String> ofTopics)
            throws ExecutionException, InterruptedException {
        try {
            return admin
                    .listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().timeoutMs(TIME_LIMIT_MS))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> ofTopics.test(entry.getKey().topic()))
                    .anyMatch(entry ->
                            entry.getValue() != null && entry.getValue().offset() > 0);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }
}
