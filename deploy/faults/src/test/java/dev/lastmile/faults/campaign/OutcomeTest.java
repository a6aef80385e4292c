package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.campaign.Outcome.Standing;
import dev.lastmile.faults.fault.Strike;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Strike HIT = new Strike("kill", true, "", Duration.ofSeconds(3));
    private static final Strike MISS = new Strike("kill", false, "", Duration.ofSeconds(9));

    private static Outcome outcome(List<String> broken, Strike... strikes) {
        return new Outcome("kills", 1, "c0ffee", List.of(strikes), 10, 1, broken);
    }

    @Test
    void aFaultThatDidNotHitShowsNothing() {
        assertThat(outcome(List.of(), HIT, HIT).standing()).isEqualTo(Standing.PASSED);
        assertThat(outcome(List.of(), HIT, MISS).standing()).isEqualTo(Standing.VOID);
    }

    @Test
    void aBrokenPromiseCountsWhetherOrNotTheFaultHit() {
        assertThat(outcome(List.of("I1"), MISS).standing()).isEqualTo(Standing.FAILED);
    }

    @Test
    void itsLinesSayWithWhatItCanBeRunAgainAndWhatStruckWhen() {
        Outcome outcome = outcome(List.of(), HIT.at(Duration.ofMillis(12_345)));

        assertThat(outcome.lines())
                .startsWith("kills, seed 1, commit c0ffee:", "  12.345 s  kill: hit; ; ready again after 3000 ms");
    }

    @Test
    void recoveryIsOfTheNearestRank() {
        Outcome outcome = outcome(List.of(), HIT, HIT, HIT, MISS);

        assertThat(Outcome.recovery(outcome.strikes(), 75)).isEqualTo(Duration.ofSeconds(3));
        assertThat(Outcome.recovery(outcome.strikes(), 95)).isEqualTo(Duration.ofSeconds(9));
        assertThat(Outcome.recovery(List.of(), 95)).isZero();
    }
}
