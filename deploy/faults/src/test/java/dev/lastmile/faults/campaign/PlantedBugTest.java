package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.planted.PlantedBug;
import dev.lastmile.faults.planted.Planting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The comparison can fail: each of these mistakes breaks it. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedBugTest {

    private static final double PER_SECOND = 2_000;

    @ParameterizedTest
    @EnumSource
    void isCaught(PlantedBug bug, @TempDir Path directory) throws Exception {
        // Only who is interrupted counts twice.
        Campaign campaign =
                bug == PlantedBug.AT_LEAST_ONCE ? Campaigns.KILLS.of(3, PER_SECOND) : Campaigns.QUIET.of(3, PER_SECOND);

        Outcome outcome = campaign.with(bug).run(1, directory);

        assertThat(said(directory)).contains(Planting.SAID + bug);
        assertThat(outcome.standing()).as("%s", outcome).isEqualTo(Outcome.Standing.FAILED);
    }

    private static List<String> said(Path directory) throws IOException {
        try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
            return logs.filter(log -> log.getFileName().toString().startsWith("monitor"))
                    .flatMap(PlantedBugTest::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
