package dev.lastmile.faults.exactness;

import dev.lastmile.faults.exactness.KeptState.Changelog;
import dev.lastmile.faults.kit.EmbeddedTestBroker;
import dev.lastmile.faults.kit.TestBroker;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.local.broker.TemporaryDirectory;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Makes the kept state anew, with the jar of an earlier build. How, says the file beside it. */
final class KeptStateMaker {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DELTAS = KeptStream.APPLICATION_ID + "-deltas-repartition";

    private KeptStateMaker() {}

    /**
     * Writes the two files.
     *
     * @param arguments the monitor's jar, and a directory that is there
     */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        try (TemporaryDirectory work = TemporaryDirectory.create("lastmile-kept-");
                TestBroker broker = EmbeddedTestBroker.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Progress progress = new Progress(broker.bootstrapServers(), KeptStream.APPLICATION_ID)) {
            Path state = work.path().resolve("state");
            Customers.createTopics(progress.admin(), KeptStream.PARTITIONS);
            Customers.send(KeptStream.readBefore(), broker.bootstrapServers(), registry.url());
            Path configuration = KeptStream.configuration(
                    work.path(), KeptStream.APPLICATION_ID, state, broker.bootstrapServers(), registry.url());
            run(jar, configuration, progress);

            List<TopicPartition> partitions = new ArrayList<>(
                    progress.ends(topic -> topic.endsWith("-changelog")).keySet());
            partitions.sort((one, other) -> one.toString().compareTo(other.toString()));
            List<Changelog> changelogs =
                    new KeptChangelogs(broker.bootstrapServers(), progress.admin()).read(partitions);
            try (OutputStream out = Files.newOutputStream(target.resolve(KeptState.CHANGELOGS))) {
                new KeptState(changelogs, read(progress)).write(out);
            }
            try (OutputStream out = Files.newOutputStream(target.resolve(KeptState.DIRECTORY))) {
                KeptState.packDirectory(state, out);
            }
        }
    }

    private static void run(Path jar, Path configuration, Progress progress) throws IOException, InterruptedException {
        Process monitor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        jar.toString(),
                        "run",
                        "--config",
                        configuration.toString())
                .inheritIO()
                .start();
        try {
            Patience.of(PATIENCE)
                    .until("everything is read and summed", () -> isDone(progress), monitor::isAlive, () -> "");
        } finally {
            monitor.destroy();
            if (!monitor.waitFor(20, TimeUnit.SECONDS)) {
                monitor.destroyForcibly();
            }
        }
    }

    private static boolean isDone(Progress progress) throws IOException, InterruptedException {
        try {
            return progress.read() == KeptStream.readBefore().size()
                    && progress.openTransactions().isEmpty()
                    && isAllSummed(progress);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the broker does not answer", e);
        }
    }

    /** Nothing must be on its way between the stages: that topic is not kept. */
    private static boolean isAllSummed(Progress progress) throws Exception {
        Map<TopicPartition, Long> ends = progress.ends(DELTAS::equals);
        Map<TopicPartition, OffsetAndMetadata> committed = committed(progress);
        return !ends.isEmpty()
                && ends.entrySet().stream().allMatch(end -> {
                    OffsetAndMetadata offset = committed.get(end.getKey());
                    return end.getValue() == 0 || (offset != null && offset.offset() == end.getValue());
                });
    }

    private static Map<TopicPartition, Long> read(Progress progress) throws Exception {
        Map<TopicPartition, Long> read =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        committed(progress).forEach((partition, offset) -> {
            if (Topics.customerOf(partition.topic()).isPresent()) {
                read.put(partition, offset.offset());
            }
        });
        return read;
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Progress progress) throws Exception {
        return progress.admin()
                .listConsumerGroupOffsets(KeptStream.APPLICATION_ID)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
    }
}
