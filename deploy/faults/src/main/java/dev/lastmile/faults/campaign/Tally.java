package dev.lastmile.faults.campaign;

import dev.lastmile.faults.campaign.Outcome.Standing;
import java.util.Collection;

/**
 * How many runs ended how. Every run is in it once.
 *
 * @param voids runs in which a fault did not hit, which show nothing
 */
public record Tally(long passed, long failed, long voids) {

    /** Of these. */
    public static Tally of(Collection<Outcome> outcomes) {
        return new Tally(
                count(outcomes, Standing.PASSED), count(outcomes, Standing.FAILED), count(outcomes, Standing.VOID));
    }

    private static long count(Collection<Outcome> outcomes, Standing standing) {
        return outcomes.stream()
                .filter(outcome -> outcome.standing() == standing)
                .count();
    }

    /** Whether there was a run, and none failed or was void. */
    public boolean allPassed() {
        return passed > 0 && failed == 0 && voids == 0;
    }

    /** With which every command ends. */
    public String line() {
        return passed + " passed, " + failed + " failed, " + voids + " void";
    }
}
