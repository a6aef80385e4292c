package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.faults.exactness.Answers.Total;
import dev.lastmile.faults.kit.TestBroker;
import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The monitor is killed in the middle of the stream, in an open transaction, and started again: in the end everything that
 * it publishes is what the batch program computed, as if nothing had happened. Run against every kind of broker there is.
 *
 * <p>Customers see no cell and no total of fewer than 11 labelled inferences, so exactly the others are compared; the
 * ledger counts every record, whatever its cell.
 */
abstract class CrashContract {

    private static final String APPLICATION_ID = "exactness";
    private static final int PARTITIONS = 3;
    private static final int MINIMUM_SHOWN = 11;
    private static final int ATTEMPTS = 3;
    private static final Duration TO_THE_MIDDLE = Duration.ofMinutes(3);
    private static final Duration TO_THE_END = Duration.ofMinutes(4);

    /** The API shows every second, statistics are published every ten. */
    private static final Duration TO_BE_SHOWN = Duration.ofSeconds(60);

    /** A fresh broker, which the caller closes. */
    protected abstract TestBroker start();

    @Test
    void aMonitorKilledInTheMiddleOfTheStreamCountsEverythingExactlyOnce(@TempDir Path directory) throws Exception {
        WatchedStream watched = WatchedStream.of(7);
        try (TestBroker broker = start();
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Progress progress = new Progress(broker.bootstrapServers(), APPLICATION_ID)) {
            Customers.createTopics(progress.admin(), PARTITIONS);
            Customers.send(watched.stream(), broker.bootstrapServers(), registry.url());
            Path configuration = configuration(directory, broker.bootstrapServers(), registry.url());

            killInTheMiddle(configuration, directory.resolve("killed.log"), progress);

            try (ChildMonitor monitor = ChildMonitor.start(configuration, directory.resolve("second.log"));
                    PublishedStatistics published =
                            new PublishedStatistics(broker.bootstrapServers(), registry.url())) {
                requireEverything(watched.expected(), monitor, progress, published);
            }
        }
    }

    /**
     * The work moves to another instance, which has it as a standby; that one loses the first in an open transaction; the first
     * comes back, has to restore, and is killed while it does; the second leaves in good order, and begins again.
     */
    @Test
    void instancesThatComeAndGoCountEverythingExactlyOnce(@TempDir Path directory) throws Exception {
        WatchedStream watched = WatchedStream.of(8);
        List<Arrival> arrivals = watched.stream().arrivals();
        int part = arrivals.size() / 5;
        try (TestBroker broker = start();
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Progress progress = new Progress(broker.bootstrapServers(), APPLICATION_ID)) {
            String servers = broker.bootstrapServers();
            Customers.createTopics(progress.admin(), PARTITIONS);
            Path one = instance(directory.resolve("one"), servers, registry.url());
            Path other = instance(directory.resolve("other"), servers, registry.url());
            try (ChildMonitor first = ChildMonitor.start(one, directory.resolve("first.log"))) {
                Customers.send(arrivals.subList(0, part), servers, registry.url());
                first.await(TO_THE_MIDDLE, () -> progress.read() == part);
                try (ChildMonitor second = ChildMonitor.start(other, directory.resolve("second.log"))) {
                    second.await(
                            TO_THE_MIDDLE,
                            () -> second.json("health/ready").path("ready").asBoolean());
                    Customers.send(arrivals.subList(part, 2 * part), servers, registry.url());
                    second.await(
                            TO_THE_MIDDLE,
                            () -> progress.read() > part
                                    && !progress.openTransactions().isEmpty());
                    assertThat(first.kill()).as("died of SIGKILL").isTrue();
                    second.await(TO_THE_MIDDLE, () -> progress.read() == 2L * part);

                    Customers.send(arrivals.subList(2 * part, 3 * part), servers, registry.url());
                    try (ChildMonitor again = ChildMonitor.start(one, directory.resolve("again.log"))) {
                        assertThat(again.kill()).as("died of SIGKILL").isTrue();
                    }
                    second.await(TO_THE_MIDDLE, () -> progress.read() == 3L * part);
                }
            }
            // Nobody is left, and the one who comes back finds what it stored before it went.
            Customers.send(arrivals.subList(3 * part, arrivals.size()), servers, registry.url());
            try (ChildMonitor third = ChildMonitor.start(other, directory.resolve("third.log"));
                    PublishedStatistics published = new PublishedStatistics(servers, registry.url())) {
                requireEverything(watched.expected(), third, progress, published);
            }
        }
    }

    private static void requireEverything(
            OracleResult expected, ChildMonitor monitor, Progress progress, PublishedStatistics published)
            throws Exception {
        Answers answers = new Answers(monitor);
        monitor.await(TO_THE_END, () -> progress.read() == WatchedStream.RECORDS);
        // Sums on their way through the second stage arrive last; each record is in the ledger once, so it is full
        // then.
        monitor.await(TO_BE_SHOWN, () -> Ledgers.sum(answers.ledgers()) >= WatchedStream.RECORDS);
        requireShown(expected, answers);
        Map<BucketKey, OracleCounts> cells = shown(expected.buckets());
        await().atMost(TO_BE_SHOWN)
                .untilAsserted(() -> Differences.assertSame("published cells", cells, published.cells()));
        // Some seconds have gone by: nothing was counted once more.
        requireShown(expected, answers);
        assertThat(progress.ends(isOneOf(Topics::deadLetters)).values()).containsOnly(0L);
    }

    /** Kills the monitor between a fifth and four fifths of the stream while it has done work that it must do again. */
    private static void killInTheMiddle(Path configuration, Path log, Progress progress) throws Exception {
        boolean hit = false;
        // A transaction may end between the look and the kill; then it is tried again, further on.
        for (int attempt = 0; !hit && attempt < ATTEMPTS; attempt++) {
            try (ChildMonitor monitor = ChildMonitor.start(configuration, log)) {
                monitor.await(
                        TO_THE_MIDDLE,
                        () -> progress.read() > WatchedStream.RECORDS / 5
                                && !progress.openTransactions().isEmpty());

                assertThat(monitor.kill()).as("died of SIGKILL").isTrue();
            }
            hit = !progress.openTransactions().isEmpty();
        }
        assertThat(progress.openTransactions()).isNotEmpty();
        assertThat(progress.read()).isBetween(WatchedStream.RECORDS / 5L, WatchedStream.RECORDS * 4 / 5L);
        assertThat(Progress.sum(progress.ends(name -> name.endsWith("-deltas-repartition"))))
                .as("the second stage had work before the kill")
                .isPositive();
    }

    private static void requireShown(OracleResult expected, Answers answers) throws Exception {
        Differences.assertSame("ledgers of the API", expected.ledgers(), folded(answers.ledgers()));
        Differences.assertSame("ledgers of the metrics", expected.ledgers(), folded(answers.exportedLedgers()));
        Map<SliceKey, Total> totals = new HashMap<>();
        shown(expected.slices())
                .forEach((key, counts) -> totals.put(
                        key, new Total(counts.received(), counts.labelled(), counts.errors(), counts.trials())));
        // Beside small cells others are hidden: what is shown must be right, and be most of it.
        Map<SliceKey, Total> told = answers.totals();
        assertThat(told.size()).isGreaterThan(totals.size() * 9 / 10);
        totals.keySet().retainAll(told.keySet());
        Differences.assertSame("totals of the API", totals, told);
    }

    private static Map<String, Map<String, Long>> folded(Map<String, Map<String, Long>> ledgers) {
        Map<String, Map<String, Long>> folded = new HashMap<>();
        ledgers.forEach((deployment, counts) -> folded.put(deployment, Ledgers.folded(counts)));
        return folded;
    }

    private static <K> Map<K, OracleCounts> shown(Map<K, OracleCounts> all) {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().labelled() >= MINIMUM_SHOWN)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Predicate<String> isOneOf(UnaryOperator<String> topicOfCustomer) {
        Set<String> topics =
                OracleStream.customers().stream().map(topicOfCustomer).collect(Collectors.toSet());
        return topics::contains;
    }

    private static Path configuration(Path directory, String bootstrapServers, String registryUrl) throws IOException {
        // The second process takes the place of the killed one instead of waiting for it to be missed.
        return configuration(directory, registryUrl, bootstrapServers, Map.of("group.instance.id", "monitor-0"));
    }

    /** One of several, each of which stands by for the work of another. */
    private static Path instance(Path directory, String bootstrapServers, String registryUrl) throws IOException {
        Files.createDirectories(directory);
        return configuration(
                directory,
                registryUrl,
                bootstrapServers,
                Map.of("num.standby.replicas", "1", "session.timeout.ms", "6000", "heartbeat.interval.ms", "1000"));
    }

    private static Path configuration(
            Path directory, String registryUrl, String bootstrapServers, Map<String, String> more) throws IOException {
        Map<String, Object> tree = new HashMap<>();
        tree.put("applicationId", APPLICATION_ID);
        Map<String, String> kafka = new HashMap<>(more);
        kafka.put("bootstrap.servers", bootstrapServers);
        // Many short transactions, so that there is a middle to be killed in on a fast machine too.
        kafka.put("commit.interval.ms", "500");
        tree.put("kafka", kafka);
        tree.put("registry", Map.of("url", registryUrl));
        tree.put("state", Map.of("directory", directory.resolve("state").toString(), "threads", 2));
        tree.put("http", Map.of("port", 0));
        tree.put("drainInterval", "PT0.5S");
        tree.put("deployments", WatchedStream.deployments());
        // JSON is YAML too.
        return Files.writeString(directory.resolve("lastmile.yaml"), new ObjectMapper().writeValueAsString(tree));
    }
}
