package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.planted.PlantedBug;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The comparison can fail: each of these mistakes breaks the promise that it must, and without one all of them hold, of monitors that
 * are waited for no longer.
 */
@Execution(ExecutionMode.CONCURRENT)
class PlantedBugTest {

    private static final double PER_SECOND = 2_000;

    @ParameterizedTest
    @EnumSource
    void isCaught(PlantedBug bug, @TempDir Path directory) throws Exception {
        Outcome outcome = Trap.of(bug, PER_SECOND, 1, directory, System.out::println);

        outcome.ending().forEach(System.out::println);
        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.notes()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"KILLS, 5", "QUIET, 3"})
    void withoutOneAllThatIsPromisedHolds(Campaigns campaign, int strikes, @TempDir Path directory) throws Exception {
        Outcome outcome = campaign.of(strikes, PER_SECOND).impatient().run(1, directory);

        outcome.ending().forEach(System.out::println);
        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.standing()).as("%s", outcome).isEqualTo(Outcome.Standing.PASSED);
        assertThat(outcome.cells()).isPositive();
    }
}
