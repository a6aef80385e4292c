package dev.lastmile.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.app.CommandFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/**
 * The printed topology is kept, because the names of stores and internal topics are the names of what a running deployment
 * has on its disks and its broker: changing one loses its state.
 */
class TopologyTextTest {

    private static String printed() {
        Serializer<Object> unused = (topic, event) -> new byte[0];
        TopologySettings settings = TopologySettings.live(
                        new Policies(List.of(Fixtures.words())),
                        () -> source -> new Intake.Undecided(source, false),
                        unused,
                        customer -> {},
                        new SnapshotSink() {
                            @Override
                            public void publish(dev.lastmile.alert.DeploymentSnapshot snapshot) {}

                            @Override
                            public void retire(dev.lastmile.event.DeploymentId deployment) {}
                        },
                        TopologySettings.Pace.DEFAULT)
                .with(new CommandFormat("lastmile"));
        return MonitorTopology.build(settings).describe().toString();
    }

    private static String kept() {
        try (InputStream file = Objects.requireNonNull(TopologyTextTest.class.getResourceAsStream("/topology.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTopologyIsTheOneThatIsKept() {
        assertThat(printed().strip()).isEqualTo(kept().strip());
    }

    @Test
    void everyProcessorStoreAndInternalTopicHasANameOfOurs() {
        assertThat(printed()).doesNotContainPattern("KSTREAM|KTABLE|0000");
    }
}
