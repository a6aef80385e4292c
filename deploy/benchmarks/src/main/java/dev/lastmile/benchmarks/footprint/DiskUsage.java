package dev.lastmile.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;

/** Bytes that lie on disks. */
final class DiskUsage {

    private DiskUsage() {}

    /** Of all files in directories of that name, wherever they are below; none may be in use. */
    static long ofDirectories(String name, Path below) throws IOException {
        long bytes = 0;
        try (Stream<Path> all = Files.walk(below)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (isIn(name, below.relativize(file))) {
                    bytes += Files.size(file);
                }
            }
        }
        return bytes;
    }

    private static boolean isIn(String name, Path file) {
        Path directory = file.getParent();
        return directory != null
                && Stream.iterate(0, i -> i < directory.getNameCount(), i -> i + 1)
                        .anyMatch(i -> directory.getName(i).toString().equals(name));
    }

    /** Of a topic's segments on all brokers, as they say. */
    static long ofTopic(String topic, String bootstrapServers) throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<Integer> brokers = new ArrayList<>();
            for (Node node : admin.describeCluster().nodes().get()) {
                brokers.add(node.id());
            }
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .mapToLong(directory -> ofTopic(topic, directory))
                    .sum();
        } catch (ExecutionException e) {
            throw new IOException("the broker does not say how large " + topic + " is", e);
        }
    }

    private static long ofTopic(String topic, LogDirDescription directory) {
        return directory.replicaInfos().entrySet().stream()
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }
}
