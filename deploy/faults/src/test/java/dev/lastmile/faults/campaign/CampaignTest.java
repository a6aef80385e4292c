package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.installation.SmallDisk;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns from fixed seeds. Each build runs one of kills and one without faults; the others have a tag, {@code campaigns}. */
class CampaignTest {

    private static final double PER_SECOND = 800;
    private static final int RECORDS = 400_000;

    @Test
    void allThatIsPromisedHoldsAfterKills(@TempDir Path directory) throws Exception {
        allThatIsPromisedHoldsAfterEachOfThem(Campaigns.KILLS, 5, directory);
    }

    @Tag("campaigns")
    @ParameterizedTest
    @CsvSource({
        "KILLS, 25",
        "BROKER, 5",
        "BROKERS, 2",
        "END_TXN, 20",
        "ZOMBIES, 3",
        "STATE, 4",
        "REGISTRY, 10",
        "ROLLING, 3"
    })
    void allThatIsPromisedHoldsAfterEachOfThem(Campaigns campaign, int strikes, @TempDir Path directory)
            throws Exception {
        Outcome outcome = campaign.of(strikes, PER_SECOND).run(1, RECORDS, directory);

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.standing()).as("%s", outcome).isEqualTo(Outcome.Standing.PASSED);
        assertThat(outcome.strikes()).hasSize(strikes);
        assertThat(outcome.cells()).isPositive();
    }

    @Tag("campaigns")
    @Test
    @EnabledIf("smallDiskIsPossible")
    void allThatIsPromisedHoldsWhereThereWasNoRoomForState(@TempDir Path directory) throws Exception {
        allThatIsPromisedHoldsAfterEachOfThem(Campaigns.DISK, 1, directory);
    }

    static boolean smallDiskIsPossible() throws Exception {
        return SmallDisk.isPossible();
    }

    @Test
    void whatIsComparedIsComparedWithoutAnyFaultToo(@TempDir Path directory) throws Exception {
        Outcome outcome = Campaigns.QUIET.of(3, PER_SECOND).run(2, RECORDS, directory);

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.records()).isPositive();
    }
}
