package dev.lastmile.faults.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.traffic.EventBytes;
import dev.lastmile.faults.traffic.Journal;
import dev.lastmile.faults.traffic.Traffic;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.MonitorTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody deletes or changes topics that a monitor has counted from, or has its sums in. */
@Tag("long")
class ChangedTopicsTest {

    private static final long SEED = 5;
    private static final int RECORDS = 4_000;
    private static final double PER_SECOND = 4_000;
    private static final Duration COUNTED_WITHIN = Duration.ofMinutes(2);
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final String CUSTOMER = OracleStream.customers().iterator().next();
    private static final String INPUT = Topics.inferences(CUSTOMER);

    private final Path directory;

    ChangedTopicsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** Whose place is kept is given its work back, and nobody looks which topics are missing; for the others they would be made. */
    @ParameterizedTest
    @CsvSource({"-changelog, true", "-changelog, false", "-repartition, true", "-repartition, false"})
    void anOwnTopicThatWasDeletedMeanwhileIsNamedAndNotMadeAnewEmpty(String kind, boolean keepsItsPlace)
            throws Exception {
        Shape shape = keepsItsPlace ? Shape.ONE : Shape.ONE_AND_GUESTS;
        try (Installation installation = Installation.start(directory, shape)) {
            MonitorProcess monitor = installation.monitors().get(0);
            countSome(installation);
            stop(monitor);
            String topic = deleteOwnTopic(installation, kind);

            monitor.startAgain();

            Refusal.require(monitor.child(), missing(topic));
            assertThat(topics(installation)).doesNotContain(topic);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-changelog", "-repartition"})
    void anOwnTopicThatIsDeletedUnderARunningMonitorIsNamed(String kind) throws Exception {
        try (Installation installation = Installation.start(directory, Shape.ONE)) {
            MonitorProcess monitor = installation.monitors().get(0);
            countSome(installation);

            String topic = deleteOwnTopic(installation, kind);

            Refusal.require(monitor.child(), missing(topic));
        }
    }

    @Test
    void partitionsThatAreAddedToAnInputAreNamed() throws Exception {
        try (Installation installation = Installation.start(directory, Shape.ONE);
                Admin admin = installation.admin()) {
            MonitorProcess monitor = installation.monitors().get(0);
            countSome(installation);

            admin.createPartitions(Map.of(INPUT, NewPartitions.increaseTo(5)))
                    .all()
                    .get();

            assertThat(monitor.child().ends(Duration.ofSeconds(30)))
                    .as("%s", monitor.child().said())
                    .isTrue();
            assertThat(monitor.child().exitCode()).isEqualTo(2);
            assertThat(monitor.child().said().lines())
                    .filteredOn(line -> line.startsWith("kafka: "))
                    .singleElement()
                    .asString()
                    .matches("kafka: the widest input topic has 5 partitions, but faults-\\S+ was made for 3:"
                            + " their number can never be changed");
        }
    }

    @Test
    void anInputThatIsMadeAnewUnderARunningMonitorIsNamed() throws Exception {
        try (Installation installation = Installation.start(directory, Shape.ONE);
                Admin admin = installation.admin()) {
            MonitorProcess monitor = installation.monitors().get(0);
            countSome(installation);

            delete(installation, INPUT);
            admin.createTopics(List.of(new NewTopic(INPUT, 3, (short) 1))).all().get();

            assertThat(monitor.child().ends(Duration.ofSeconds(30)))
                    .as("%s", monitor.child().said())
                    .isTrue();
            assertThat(monitor.child().exitCode()).isEqualTo(2);
            assertThat(monitor.child().said().lines())
                    .filteredOn(line -> line.startsWith("kafka: topic " + INPUT + " was made anew or cut off"))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsNotKeptForAsLongAsTheMonitorIsAwayIsCountedAsLost() throws Exception {
        try (Installation installation = Installation.start(directory, Shape.ONE);
                Admin admin = installation.admin()) {
            MonitorProcess monitor = installation.monitors().get(0);
            countSome(installation);
            long counted = installation.committed();
            stop(monitor);
            send(installation, SEED + 1);
            TopicPartition partition = new TopicPartition(INPUT, 0);
            long read = Objects.requireNonNull(admin.listConsumerGroupOffsets(Installation.APPLICATION_ID)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(partition))
                    .offset();
            // What retention does, at once.
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(read + 7)))
                    .all()
                    .get();

            monitor.startAgain();
            monitor.awaitReady(READY_WITHIN);
            Patience.of(COUNTED_WITHIN)
                    .until("the rest is counted", () -> installation.committed() >= counted + RECORDS);

            assertThat(monitor.get("metrics").lines())
                    .contains("lastmile_lost_offsets_total{topic=\"" + INPUT + "\",} 7.0");
            assertThat(monitor.child().isAlive()).isTrue();
        }
    }

    private static String missing(String topic) {
        return "kafka: the group " + Installation.APPLICATION_ID + " has counted records, but its own topics [" + topic
                + "] are missing: what they held is lost, and needs another applicationId to be counted anew";
    }

    /** Afterwards there are all topics of the monitor's own that it looks for, and no others. */
    private static void countSome(Installation installation) throws Exception {
        send(installation, SEED);
        Patience.of(COUNTED_WITHIN).until("all is counted", () -> installation.committed() >= RECORDS);
        assertThat(topics(installation))
                .filteredOn(topic -> topic.matches(Installation.APPLICATION_ID + "-.*-(changelog|repartition)"))
                .containsExactlyInAnyOrderElementsOf(MonitorTopology.ownTopics(Installation.APPLICATION_ID));
    }

    private static void send(Installation installation, long seed) throws Exception {
        try (EventBytes events = new EventBytes(installation.registryUrl());
                Traffic traffic = new Traffic(
                        OracleStream.of(seed, RECORDS).arrivals().iterator(),
                        seed,
                        PER_SECOND,
                        installation.bootstrapServers(),
                        events,
                        new Journal())) {
            traffic.start();
            Patience.of(Duration.ofMinutes(1)).until("all is sent", traffic::isOver);
            traffic.end();
        }
    }

    private static void stop(MonitorProcess monitor) throws Exception {
        assertThat(monitor.child().terminate(STOPS_WITHIN)).isTrue();
    }

    private static String deleteOwnTopic(Installation installation, String kind) throws Exception {
        String topic = topics(installation).stream()
                .filter(name -> name.startsWith(Installation.APPLICATION_ID + "-") && name.endsWith(kind))
                .findFirst()
                .orElseThrow();
        delete(installation, topic);
        return topic;
    }

    private static void delete(Installation installation, String topic) throws Exception {
        try (Admin admin = installation.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        Patience.of(Duration.ofSeconds(30))
                .until("the topic is gone", () -> !topics(installation).contains(topic));
    }

    private static Set<String> topics(Installation installation) throws InterruptedException {
        try (Admin admin = installation.admin()) {
            return new TreeSet<>(admin.listTopics().names().get());
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
