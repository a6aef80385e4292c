package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Campaigns in which it counts how long something takes: nothing else may run meanwhile. */
@Isolated
@Tag("campaigns")
class MeasuredCampaignTest {

    /** Ten seconds are promised, of a machine that does nothing else; who builds may share one. */
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(20);

    @Test
    void killsLoseNothingAndTheMonitorIsSoonBack(@TempDir Path directory) throws Exception {
        Outcome outcome = Run.of(Campaigns.KILLS, 25, directory);

        assertThat(Outcome.recovery(outcome.strikes(), 95)).isLessThanOrEqualTo(RECOVERED_WITHIN);
    }

    @Test
    void oneCustomersAttackIsNotFeltByTheOthers(@TempDir Path directory) throws Exception {
        Run.of(Campaigns.ATTACKS, 8, directory);
    }
}
