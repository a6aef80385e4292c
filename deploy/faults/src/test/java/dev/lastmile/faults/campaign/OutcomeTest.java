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
    void itsEndSaysWhatWasBrokenAndWithWhatItCanBeRunAgain() {
        Outcome outcome = outcome(List.of("I1"), HIT).and(List.of("I12"), List.of("grew"));

        assertThat(outcome.ending())
                .containsExactly(
                        "grew",
                        "I1",
                        "I12",
                        "kills, seed 1, commit c0ffee: 10 records, 1 cells compared; ready again after 3000 ms in 95 of"
                                + " 100: FAILED");
    }

    @Test
    void everyRunIsInTheTallyOnce() {
        Tally tally = Tally.of(List.of(
                outcome(List.of(), HIT), outcome(List.of(), MISS), outcome(List.of("I1"), MISS), outcome(List.of())));

        assertThat(tally.line()).isEqualTo("2 passed, 1 failed, 1 void");
        assertThat(tally.allPassed()).isFalse();
        assertThat(Tally.of(List.of(outcome(List.of(), HIT))).allPassed()).isTrue();
        assertThat(Tally.of(List.of(outcome(List.of(), HIT), outcome(List.of(), MISS)))
                        .allPassed())
                .isFalse();
        assertThat(Tally.of(List.of()).allPassed()).isFalse();
    }

    @Test
    void recoveryIsOfTheNearestRank() {
        Outcome outcome = outcome(List.of(), HIT, HIT, HIT, MISS);

        assertThat(Outcome.recovery(outcome.strikes(), 75)).isEqualTo(Duration.ofSeconds(3));
        assertThat(Outcome.recovery(outcome.strikes(), 95)).isEqualTo(Duration.ofSeconds(9));
        assertThat(Outcome.recovery(List.of(), 95)).isZero();
    }
}
