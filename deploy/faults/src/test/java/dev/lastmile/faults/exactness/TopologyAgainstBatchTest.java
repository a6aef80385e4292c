package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.schema.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200,000 records through the monitor's own topology, record by record, against the batch program. Everything is compared,
 * cells too small to be shown included: it is read from the topology's store.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TopologyAgainstBatchTest {

    private final WatchedStream watched = WatchedStream.of(42);
    private OracleResult found = new OracleResult(Map.of(), Map.of(), Map.of());
    private OracleResult aMonthLater = found;
    private final Map<String, Long> deadLetters = new HashMap<>();

    @BeforeAll
    void run(@TempDir Path directory) throws Exception {
        try (DrivenMonitor monitor = new DrivenMonitor(directory)) {
            monitor.take(watched.stream());
            found = monitor.result();
            OracleStream.customers()
                    .forEach(customer -> deadLetters.put(customer, monitor.produced(Topics.deadLetters(customer))));
            monitor.letAMonthPass(watched.stream(), OracleStream.customers());
            aMonthLater = monitor.result();
        }
    }

    @Test
    void everyTotalOfEverySliceIsTheBatchPrograms() {
        assertThat(watched.expected().slices()).hasSizeGreaterThan(200);
        Differences.assertSame("totals", watched.expected().slices(), found.slices());
    }

    @Test
    void everyBucketOfEverySliceIsTheBatchPrograms() {
        assertThat(watched.expected().buckets()).hasSizeGreaterThan(10_000);
        Differences.assertSame("buckets", watched.expected().buckets(), found.buckets());
    }

    @Test
    void everyRecordIsInTheLedgerOnceUnderTheBatchProgramsDisposition() {
        Map<String, Map<String, Long>> ledgers = new HashMap<>();
        found.ledgers().forEach((deployment, counts) -> ledgers.put(deployment, Ledgers.folded(counts)));

        Differences.assertSame("ledgers", watched.expected().ledgers(), ledgers);
        assertThat(Ledgers.sum(found.ledgers())).isEqualTo(WatchedStream.RECORDS);
        assertThat(deadLetters)
                .allSatisfy((customer, count) -> assertThat(count).isZero());
    }

    @Test
    void whatWaitsExpiresOnceNothingCanComeForItAnyMore() {
        assertThat(found.ledgers()).hasSize(5);
        found.ledgers().forEach((deployment, before) -> {
            Map<String, Long> after =
                    Objects.requireNonNull(aMonthLater.ledgers().get(deployment));
            for (String kind : List.of("inference", "truth")) {
                long waiting = before.getOrDefault(kind + "_waiting", 0L);
                assertThat(waiting).as(deployment).isPositive();
                assertThat(after)
                        .as(deployment)
                        .containsEntry(kind + "_waiting", 0L)
                        .containsEntry(kind + "_expired", waiting + before.getOrDefault(kind + "_expired", 0L));
            }
        });
    }
}
