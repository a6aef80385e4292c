package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Campaigns in which it counts how long something takes: nothing else may run meanwhile. */
@Isolated
@Tag("campaigns")
class MeasuredCampaignTest {

    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(10);
    private static final Pattern WHILE_IT_STARTED = Pattern.compile("and again while it was (?!RUNNING)");

    @Test
    void killsLoseNothingAndTheMonitorIsSoonBack(@TempDir Path directory) throws Exception {
        Outcome outcome = Run.of(Campaigns.KILLS, 25, directory);

        assertThat(Outcome.recovery(outcome.strikes(), 95)).isLessThanOrEqualTo(RECOVERED_WITHIN);
        long again = outcome.strikes().stream()
                .filter(strike -> strike.evidence().contains("and again"))
                .count();
        long whileItStarted = outcome.strikes().stream()
                .filter(strike -> WHILE_IT_STARTED.matcher(strike.evidence()).find())
                .count();
        assertThat(whileItStarted)
                .as("a fifth of all kills while it starts or restores")
                .isGreaterThanOrEqualTo((outcome.strikes().size() + again) / 5);
    }

    @Test
    void oneCustomersAttackIsNotFeltByTheOthers(@TempDir Path directory) throws Exception {
        Run.of(Campaigns.ATTACKS, 8, directory);
    }
}
