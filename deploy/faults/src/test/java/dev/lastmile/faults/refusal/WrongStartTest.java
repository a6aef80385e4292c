package dev.lastmile.faults.refusal;

import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.local.broker.EmbeddedBroker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The monitor's process, started with what it cannot work with. */
class WrongStartTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

    private final Path directory;

    WrongStartTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drainInterval: 1s         | drainInterval: must be an ISO-8601 duration such as PT1H or P14D: 1s
            metrics: {seriesLimit: 1} | metrics.seriesLimit: must be in [100, 1000000]: 1
            """)
    void aWrongSettingIsNamed(String setting, String line) throws Exception {
        try (MonitorProcess monitor = start("127.0.0.1:1", setting)) {
            Refusal.requireNothingBut(monitor.child(), directory.resolve("lastmile.yaml") + ": " + line);
        }
    }

    /** As a cluster is that was upgraded from Kafka 3, until somebody upgrades its features too. */
    @Test
    void brokersWithoutTheTransactionsThatItNeedsAreRefused() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            downgrade(broker, "transaction.version", (short) 1);
            try (MonitorProcess monitor = start(broker.bootstrapServers(), "")) {
                Refusal.require(
                        monitor.child(),
                        "kafka: the brokers' feature transaction.version must be 2 at least: 1 (kafka-features.sh"
                                + " upgrade --feature transaction.version=2)");
            }
        }
    }

    private static void downgrade(EmbeddedBroker broker, String feature, short version) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.updateFeatures(
                            Map.of(feature, new FeatureUpdate(version, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get();
        }
    }

    private MonitorProcess start(String brokers, String setting) throws Exception {
        Path file = Files.writeString(
                directory.resolve("lastmile.yaml"), """
                kafka: {bootstrap.servers: "%s"}
                registry: {url: "http://127.0.0.1:1"}
                state: {directory: "%s"}
                http: {port: 0}
                deployments: [{customer: "*", deployment: "*", metric: error_rate}]
                %s
                """.formatted(brokers, directory.resolve("state"), setting));
        return MonitorProcess.start("monitor", file, NOWHERE, directory, List.of());
    }
}
