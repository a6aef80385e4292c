package dev.lastmile.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.app.Configuration;
import dev.lastmile.app.End;
import dev.lastmile.app.Monitor;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The monitor's user lacks a right without which it can do nothing for anybody: it ends and says what the right would be about. Where
 * it is about one customer's topics only that customer waits, see {@link MonitorRightsTest}.
 */
@Tag("long")
final class MissingRightTest {

    private static final int WITHIN_SECONDS = 30;
    private static final String ACME = "lastmile.acme";

    private final Path directory;

    MissingRightTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, TOPIC, PREFIXED, watch-, Could not create topic watch-",
        "READ, GROUP, LITERAL, watch, Not authorized to access group: watch",
        "WRITE, TRANSACTIONAL_ID, PREFIXED, watch-, Transactional Id authorization failed",
    })
    void endsTheMonitorWithinHalfAMinuteAndIsNamed(
            AclOperation operation, ResourceType type, PatternType pattern, String name, String named)
            throws Exception {
        AclBinding right = new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + SecuredCluster.MONITOR, "*", operation, AclPermissionType.ALLOW));
        // A cluster for each: who died while work was shared out is waited for by the others of its group.
        try (SecuredCluster cluster = SecuredCluster.start(directory);
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            cluster.createMonitor();
            cluster.createCustomer("acme");
            sendGarbage(cluster);
            cluster.remove(right);
            try (Monitor monitor = Monitor.start(Configuration.read(
                    cluster.configuration(cluster.encryption(), registry.url()),
                    SecuredCluster.environment(SecuredCluster.MONITOR)))) {

                End end = monitor.ended().get(WITHIN_SECONDS, TimeUnit.SECONDS);

                assertThat(end.exitCode()).as("%s", end).isEqualTo(End.BAD_CONFIGURATION);
                assertThat(end.line())
                        .startsWith("kafka: the broker refuses this client: ")
                        .contains(named)
                        .doesNotContain("\n");
            }
        }
    }

    /** Something to be read, and to be written about. */
    private static void sendGarbage(SecuredCluster cluster) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(cluster.client(ACME), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
            assertThat(producer.send(new ProducerRecord<>(Topics.inferences("acme"), garbage, garbage))
                            .get(WITHIN_SECONDS, TimeUnit.SECONDS))
                    .isNotNull();
        }
    }
}
