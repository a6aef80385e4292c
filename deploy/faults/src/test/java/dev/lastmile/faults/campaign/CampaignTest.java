package dev.lastmile.faults.campaign;

import dev.lastmile.faults.installation.SmallDisk;
import dev.lastmile.faults.process.FakeTime;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Campaigns from fixed seeds; two more are in {@link PlantedBugTest}, which every build runs. Those tagged {@code campaigns}, and
 * {@link MeasuredCampaignTest}, are to be run beside the build; those tagged {@code long} run when somebody wants to.
 */
@Execution(ExecutionMode.CONCURRENT)
class CampaignTest {

    @Tag("campaigns")
    @ParameterizedTest
    @CsvSource({"BROKER, 5", "END_TXN, 20", "STATE, 4", "ZOMBIES, 3", "BROKERS, 2"})
    void allThatIsPromisedHoldsBesideEachBuild(Campaigns campaign, int strikes, @TempDir Path directory)
            throws Exception {
        Run.of(campaign, strikes, directory);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"REGISTRY, 10", "ROLLING, 3", "ABSENT, 2", "HALF_OPEN, 2", "STORM, 1", "HTTP, 1"})
    void allThatIsPromisedHoldsInTheLongRun(Campaigns campaign, int strikes, @TempDir Path directory) throws Exception {
        Run.of(campaign, strikes, directory);
    }

    @Tag("long")
    @Test
    @EnabledIf("smallDiskIsPossible")
    void allThatIsPromisedHoldsWhereThereWasNoRoomForState(@TempDir Path directory) throws Exception {
        Run.of(Campaigns.DISK, 2, directory);
    }

    @Tag("long")
    @Test
    @EnabledIf("fakeTimeIsPossible")
    void allThatIsPromisedHoldsWhereTheClockIsWrong(@TempDir Path directory) throws Exception {
        Run.of(Campaigns.CLOCK, 2, directory);
    }

    static boolean fakeTimeIsPossible() throws Exception {
        return FakeTime.isPossible();
    }

    static boolean smallDiskIsPossible() throws Exception {
        return SmallDisk.isPossible();
    }
}
