package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.app.End;
import dev.lastmile.faults.exactness.Answers.Total;
import dev.lastmile.faults.exactness.KeptState.Changelog;
import dev.lastmile.faults.exactness.KeptState.Entry;
import dev.lastmile.faults.kit.EmbeddedTestBroker;
import dev.lastmile.faults.kit.TestBroker;
import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import dev.lastmile.local.registry.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A monitor goes on from what an earlier build left, as if it had been there from the beginning; what it does not understand it
 * refuses, and what operators are told to do then works.
 */
final class UpgradeTest {

    private static final int MINIMUM_SHOWN = 11;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final byte[] NONSENSE = {99};

    private final Path directory;
    private TestBroker broker;
    private EmbeddedRegistry registry;
    private Progress progress;

    UpgradeTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void sendWhatWasReadBefore() throws Exception {
        broker = EmbeddedTestBroker.start();
        registry = EmbeddedRegistry.start();
        progress = new Progress(broker.bootstrapServers(), KeptStream.APPLICATION_ID);
        Customers.createTopics(progress.admin(), KeptStream.PARTITIONS);
        Customers.send(KeptStream.readBefore(), broker.bootstrapServers(), registry.url());
    }

    @AfterEach
    void stop() {
        progress.close();
        registry.close();
        broker.close();
    }

    @Test
    void changelogsOfAnEarlierBuildAreGoneOnFrom() throws Exception {
        keep(KeptState.load());

        goOn(KeptStream.APPLICATION_ID);
    }

    /** Were anything read from changelogs, it would be nonsense. */
    @Test
    void aStateDirectoryOfAnEarlierBuildIsGoneOnFrom() throws Exception {
        KeptState kept = KeptState.load();
        keep(new KeptState(
                kept.changelogs().stream()
                        .map(changelog -> changelog.with(entry -> entry.with(NONSENSE)))
                        .toList(),
                kept.read()));
        KeptState.unpackDirectory(state(KeptStream.APPLICATION_ID));

        goOn(KeptStream.APPLICATION_ID);
    }

    /** A newer one, and an older one. The first byte of each value of these stores says its format. */
    @ParameterizedTest
    @CsvSource({"join, 77", "join, 1", "deployments, 77"})
    void aFormatThatIsNotKnownIsRefusedInOneLineAndAnotherApplicationIdCountsAnew(String store, byte format)
            throws Exception {
        KeptState kept = KeptState.load();
        keep(new KeptState(
                kept.changelogs().stream()
                        .map(changelog -> changelog
                                        .partition()
                                        .topic()
                                        .equals(KeptStream.APPLICATION_ID + "-" + store + "-changelog")
                                ? changelog.with(entry -> entry.with(inFormat(format, entry)))
                                : changelog)
                        .toList(),
                kept.read()));
        Path log = directory.resolve("refused.log");

        try (ChildMonitor monitor = ChildMonitor.start(configuration(KeptStream.APPLICATION_ID), log)) {
            Customers.send(KeptStream.rest(), broker.bootstrapServers(), registry.url());
            assertThat(monitor.awaitEnd(PATIENCE)).isEqualTo(End.BAD_CONFIGURATION);
        }

        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.startsWith("state: "))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains(" " + format)
                .endsWith(": the state was written by another release, reset it or run that release");
        try (Progress again = new Progress(broker.bootstrapServers(), "kept-anew")) {
            requireEverything("kept-anew", again);
        }
    }

    private static byte[] inFormat(byte format, Entry entry) {
        byte[] value = entry.value();
        if (value == null) {
            return NONSENSE;
        }
        byte[] changed = value.clone();
        changed[0] = format;
        return changed;
    }

    private void keep(KeptState state) throws Exception {
        assertThat(state.changelogs().stream()
                        .map(Changelog::records)
                        .mapToLong(List::size)
                        .sum())
                .as("records of all changelogs")
                .isPositive();
        new KeptChangelogs(broker.bootstrapServers(), progress.admin()).write(state, KeptStream.APPLICATION_ID);
    }

    private void goOn(String applicationId) throws Exception {
        assertThat(progress.read())
                .as("so much was read before")
                .isEqualTo(KeptStream.readBefore().size());
        Customers.send(KeptStream.rest(), broker.bootstrapServers(), registry.url());
        requireEverything(applicationId, progress);
    }

    private void requireEverything(String applicationId, Progress its) throws Exception {
        OracleResult expected = KeptStream.expected();
        try (ChildMonitor monitor =
                ChildMonitor.start(configuration(applicationId), directory.resolve(applicationId + ".log"))) {
            Answers answers = new Answers(monitor);
            monitor.await(PATIENCE, () -> its.read() == KeptStream.RECORDS);
            monitor.await(PATIENCE, () -> Ledgers.sum(answers.ledgers()) >= KeptStream.RECORDS);
            Map<String, Map<String, Long>> ledgers = new HashMap<>();
            answers.ledgers().forEach((deployment, counts) -> ledgers.put(deployment, Ledgers.folded(counts)));
            Differences.assertSame("ledgers", expected.ledgers(), ledgers);
            // Beside small cells others are hidden.
            Map<SliceKey, Total> told = answers.totals();
            Map<SliceKey, Total> totals = totals(expected);
            assertThat(told.size()).isGreaterThan(totals.size() / 2);
            totals.keySet().retainAll(told.keySet());
            Differences.assertSame("totals", totals, told);
            try (PublishedStatistics published = new PublishedStatistics(broker.bootstrapServers(), registry.url())) {
                Map<BucketKey, OracleCounts> cells = new HashMap<>();
                monitor.await(PATIENCE, () -> {
                    cells.clear();
                    cells.putAll(published.cells());
                    return !cells.isEmpty() && expected.buckets().entrySet().containsAll(cells.entrySet());
                });
            }
        }
    }

    private static Map<SliceKey, Total> totals(OracleResult expected) {
        Map<SliceKey, Total> totals = new HashMap<>();
        expected.slices().forEach((key, counts) -> {
            if (counts.labelled() >= MINIMUM_SHOWN) {
                totals.put(key, new Total(counts.received(), counts.labelled(), counts.errors(), counts.trials()));
            }
        });
        return totals;
    }

    private Path configuration(String applicationId) throws Exception {
        return KeptStream.configuration(
                directory, applicationId, state(applicationId), broker.bootstrapServers(), registry.url());
    }

    private Path state(String applicationId) {
        return directory.resolve("state-of-" + applicationId);
    }
}
