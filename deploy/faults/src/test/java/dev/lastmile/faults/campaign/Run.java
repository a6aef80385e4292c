package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** A campaign in a test. */
final class Run {

    private static final double PER_SECOND = 800;

    private Run() {}

    /** From seed 1; must pass. */
    static Outcome of(Campaigns campaign, int strikes, Path directory) throws IOException, InterruptedException {
        Outcome outcome = campaign.of(strikes, PER_SECOND).run(1, directory, System.out::println);
        outcome.ending().forEach(System.out::println);
        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.standing()).as("%s", outcome).isEqualTo(Outcome.Standing.PASSED);
        assertThat(outcome.strikes()).hasSize(strikes);
        assertThat(outcome.cells()).isPositive();
        return outcome;
    }
}
