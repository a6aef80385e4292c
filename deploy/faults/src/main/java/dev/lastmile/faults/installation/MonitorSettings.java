package dev.lastmile.faults.installation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.traffic.Stranger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of a monitor that watches the seeded stream. */
final class MonitorSettings {

    /**
     * How old an event may be, and how much longer than its horizon an entry is kept: long enough that the latest truth of the stream
     * is recognised as too late, and that no bucket is forgotten before the stream ends.
     */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    private static final String LEAST_MEMORY = "16MiB";

    private MonitorSettings() {}

    static Path write(Path file, Shape shape, String name, int httpPort, Path state, Installation installation)
            throws IOException {
        Map<String, Object> kafka = new LinkedHashMap<>();
        kafka.put("bootstrap.servers", installation.bootstrapServers());
        kafka.put("commit.interval.ms", Long.toString(shape.commitInterval().toMillis()));
        kafka.put("session.timeout.ms", Long.toString(shape.sessionTimeout().toMillis()));
        kafka.put("heartbeat.interval.ms", "1000");
        if (shape.staticMembers()) {
            kafka.put("group.instance.id", name);
        }
        if (shape.monitors() > 1) {
            kafka.put("num.standby.replicas", "1");
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("applicationId", Installation.APPLICATION_ID);
        tree.put("kafka", kafka);
        tree.put("registry", Map.of("url", installation.registry().url()));
        Map<String, Object> stateSettings = new LinkedHashMap<>();
        stateSettings.put("directory", state.toString());
        stateSettings.put("threads", 2);
        if (shape.smallDisk()) {
            stateSettings.put("memory", LEAST_MEMORY);
        }
        tree.put("state", stateSettings);
        tree.put("http", Map.of("port", httpPort));
        tree.put("topics", Map.of("replicationFactor", shape.brokers()));
        tree.put("drainInterval", shape.commitInterval().toString());
        List<Map<String, Object>> deployments = new ArrayList<>();
        OracleStream.policies().forEach(policy -> deployments.add(DeploymentEntry.of(policy, MAX_AGE)));
        deployments.add(ofTheStranger(Stranger.DEPLOYMENT, "error_rate", List.of("a", "b")));
        deployments.add(ofTheStranger(Stranger.DEPLOYMENT_OF_WORDS, "word_error_rate", List.of("a")));
        tree.put("deployments", deployments);
        // JSON is YAML too.
        return Files.writeString(file, new ObjectMapper().writeValueAsString(tree));
    }

    private static Map<String, Object> ofTheStranger(String deployment, String metric, List<String> dimensions) {
        return Map.of(
                "customer", Stranger.CUSTOMER, "deployment", deployment, "metric", metric, "dimensions", dimensions);
    }
}
