package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.local.broker.EmbeddedBroker;
import dev.lastmile.local.registry.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who works off the partitions of an instance that was stopped as one should. */
class GroupMembershipTest {

    private static final String CUSTOMER = "st-marys";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void anInstanceLeavesItsWorkToOthersAtOnceUnlessItsPlaceIsKept(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            broker.createCustomerTopics(CUSTOMER, 1);
            for (String place : List.of("", ", group.instance.id: monitor-0")) {
                String application = place.isEmpty() ? "leaves" : "stays";
                Path configuration = Files.writeString(directory.resolve(application + ".yaml"), """
                        applicationId: %s
                        kafka: {bootstrap.servers: "%s"%s}
                        registry: {url: "%s"}
                        state: {directory: "%s"}
                        http: {port: 0}
                        deployments:
                          - {customer: "*", deployment: "*", metric: error_rate, dimensions: [accent]}
                        """.formatted(
                        application, broker.bootstrapServers(), place, registry.url(), directory.resolve(application)));
                try (ChildMonitor monitor =
                        ChildMonitor.start(configuration, directory.resolve(application + ".log"))) {
                    monitor.await(PATIENCE, () -> members(admin, application) == 1);
                }

                assertThat(members(admin, application)).as(application).isEqualTo(place.isEmpty() ? 0 : 1);
            }
        }
    }

    private static int members(Admin admin, String application) throws Exception {
        try {
            return admin.describeConsumerGroups(List.of(application)).all().get(10, TimeUnit.SECONDS).values().stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }
}
