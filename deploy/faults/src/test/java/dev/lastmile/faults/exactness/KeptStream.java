package dev.lastmile.faults.exactness;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.faults.oracle.BatchOracle;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stream whose first part an earlier build has read, and whose rest this one reads. */
final class KeptStream {

    /** Of the monitor, and so in the names of its changelogs. */
    static final String APPLICATION_ID = "kept";

    static final int PARTITIONS = 2;
    static final int RECORDS = 2_400;

    private static final long SEED = 11;
    private static final int READ_BEFORE = 1_500;

    /** Few enough that baselines are frozen, and detectors have begun, in what is kept. */
    private static final int BASELINE_LABELLED = 40;

    private static final OracleStream STREAM = OracleStream.of(SEED, RECORDS);

    private KeptStream() {}

    static List<Arrival> readBefore() {
        return STREAM.arrivals().subList(0, READ_BEFORE);
    }

    static List<Arrival> rest() {
        return STREAM.arrivals().subList(READ_BEFORE, RECORDS);
    }

    static OracleResult expected() {
        return new BatchOracle(OracleStream.policies()).run(STREAM.inferences(), STREAM.truths());
    }

    /** A monitor's configuration; earlier builds must understand it too. */
    static Path configuration(
            Path directory, String applicationId, Path state, String bootstrapServers, String registryUrl)
            throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("applicationId", applicationId);
        tree.put("kafka", Map.of("bootstrap.servers", bootstrapServers, "commit.interval.ms", "500"));
        tree.put("registry", Map.of("url", registryUrl));
        tree.put("state", Map.of("directory", state.toString()));
        tree.put("http", Map.of("port", 0));
        tree.put("drainInterval", "PT0.5S");
        List<Map<String, Object>> deployments = new ArrayList<>();
        for (Map<String, Object> deployment : WatchedStream.deployments()) {
            Map<String, Object> entry = new LinkedHashMap<>(deployment);
            entry.put("baseline", Map.of("labelled", BASELINE_LABELLED));
            deployments.add(entry);
        }
        tree.put("deployments", deployments);
        // JSON is YAML too.
        return Files.writeString(
                directory.resolve(applicationId + ".yaml"), new ObjectMapper().writeValueAsString(tree));
    }
}
