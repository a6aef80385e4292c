package dev.lastmile.faults.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.traffic.EventBytes;
import dev.lastmile.faults.traffic.Journal;
import dev.lastmile.faults.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented way to have a customer's topics read again from their beginning: nothing counts twice. */
class ReprocessingTest {

    private static final long SEED = 3;
    private static final int RECORDS = 8_000;
    private static final Shape ONE_THAT_LEAVES =
            new Shape(1, 1, false, 3, Duration.ofSeconds(10), Duration.ofMillis(500), false, null, 0);

    /** A ground truth without its inference is not told from another copy of it before that comes; both wait. */
    private static final List<String> COUNTED_ONCE =
            List.of("inference_joined", "inference_waiting", "truth_joined", "truth_correction_applied");

    @Test
    void whatIsReadAgainFromTheBeginningCountsOnce(@TempDir Path directory) throws Exception {
        try (Installation installation = Installation.start(directory, ONE_THAT_LEAVES);
                EventBytes events = new EventBytes(installation.registryUrl())) {
            MonitorProcess monitor = installation.monitors().get(0);
            Journal journal = new Journal();
            try (Traffic traffic = new Traffic(
                    OracleStream.of(SEED, RECORDS).arrivals().iterator(),
                    SEED,
                    4_000,
                    installation.bootstrapServers(),
                    events,
                    journal)) {
                traffic.start();
                Patience.of(Duration.ofMinutes(1)).until("all is sent", traffic::isOver);
                traffic.end();
            }
            Verdict first = Verdict.of(installation.bootstrapServers(), installation.monitors(), Duration.ofMinutes(2));
            assertThat(first.broken()).isEmpty();
            Found before = found(installation);

            assertThat(monitor.child().terminate(Duration.ofSeconds(10))).isTrue();
            Patience.of(Duration.ofMinutes(1)).until("the group is empty", () -> installation.groupMembers() == 0);
            readFromTheBeginning(installation);
            monitor.startAgain();
            monitor.awaitReady(Duration.ofMinutes(1));
            Patience.of(Duration.ofMinutes(2))
                    .until(
                            "all was read twice",
                            () -> Found.sum(Found.ledgers(OracleStream.customers(), installation.monitors()))
                                    == 2 * journal.acknowledged().count());

            Found after = found(installation);
            assertThat(after.cells()).isEqualTo(before.cells());
            assertThat(countedOnce(after)).isEqualTo(countedOnce(before));
        }
    }

    private static Found found(Installation installation) throws Exception {
        return Found.from(
                new TopicReader(installation.bootstrapServers()), OracleStream.customers(), installation.monitors());
    }

    private static Map<String, Map<String, Long>> countedOnce(Found found) {
        Map<String, Map<String, Long>> counted = new HashMap<>();
        found.ledgers().forEach((deployment, ledger) -> {
            Map<String, Long> its = new HashMap<>(ledger);
            its.keySet().retainAll(COUNTED_ONCE);
            counted.put(deployment, its);
        });
        assertThat(counted.values()).anySatisfy(ledger -> assertThat(ledger).containsKey("truth_joined"));
        return counted;
    }

    /** What {@code kafka-consumer-groups.sh --reset-offsets --to-earliest} does. */
    private static void readFromTheBeginning(Installation installation) throws Exception {
        try (Admin admin = installation.admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    new HashMap<>(admin.listConsumerGroupOffsets(Installation.APPLICATION_ID)
                            .partitionsToOffsetAndMetadata()
                            .get());
            offsets.keySet().removeIf(partition -> !Installation.watchedTopics().contains(partition.topic()));
            offsets.replaceAll((partition, offset) -> new OffsetAndMetadata(0));
            admin.alterConsumerGroupOffsets(Installation.APPLICATION_ID, offsets)
                    .all()
                    .get();
        }
    }
}
