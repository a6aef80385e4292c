package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.campaign.Outcome.Standing;
import dev.lastmile.faults.fault.Strike;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a run which throws is one that failed. */
class AttemptTest {

    private static final Strike KILL = new Strike("kill", true, "died", Duration.ofSeconds(3));

    private final List<String> told = new ArrayList<>();

    private Outcome attempt(Path directory, Attempt.Work work) throws Exception {
        return Attempt.of("KILLS", 7, directory, told::add, work);
    }

    @Test
    void whatEndsIsWhatItIs(@TempDir Path directory) throws Exception {
        Outcome ended = new Outcome("KILLS", 7, "c0ffee", List.of(), 10, 1, List.of());

        assertThat(attempt(directory, schedule -> ended)).isSameAs(ended);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatThrowsHasFailedWithItsMessageItsScheduleAndItsSeed(@TempDir Path directory) throws Exception {
        Outcome outcome = attempt(directory, schedule -> {
            schedule.begin();
            schedule.strike("kill", () -> KILL);
            schedule.strike("storm", () -> {
                throw new IOException("not within PT2M: ready\nand all it said");
            });
            throw new IllegalStateException("never here");
        });

        assertThat(outcome.standing()).isEqualTo(Standing.FAILED);
        assertThat(outcome.seed()).isEqualTo(7);
        assertThat(outcome.broken()).containsExactly("came to no end: java.io.IOException: not within PT2M: ready");
        assertThat(outcome.strikes()).extracting(Strike::fault).containsExactly("kill", "storm");
        assertThat(outcome.strikes()).extracting(Strike::hit).containsExactly(true, false);
        assertThat(directory.resolve("failure.txt")).content().contains("and all it said", "AttemptTest");
        assertThat(Attempt.isWithoutEnd(outcome)).isTrue();
    }

    @Test
    void errorsAreNoOtherAndAllCausesAreNamed(@TempDir Path directory) throws Exception {
        Outcome outcome = attempt(directory, schedule -> {
            throw new IllegalStateException("the run failed in " + directory, new OutOfMemoryError("Java heap space"));
        });

        assertThat(outcome.broken())
                .containsExactly("came to no end: java.lang.IllegalStateException: the run failed in …"
                        + " < java.lang.OutOfMemoryError: Java heap space");
        assertThat(attempt(directory, AttemptTest::exhaust).standing()).isEqualTo(Standing.FAILED);
    }

    private static Outcome exhaust(Schedule schedule) {
        throw new AssertionError(schedule.elapsed() + " is enough");
    }

    @Test
    void whatStrikesIsToldWhenItDoes(@TempDir Path directory) throws Exception {
        Outcome outcome = attempt(directory, schedule -> {
            schedule.strike("kill", () -> KILL);
            return new Outcome("KILLS", 7, "c0ffee", schedule.strikes(), 10, 1, List.of());
        });

        assertThat(outcome.strikes()).hasSize(1);
        assertThat(told.get(0)).matches(" +\\d+\\.\\d{3} s  kill");
        assertThat(told.get(1)).matches(" +\\d+\\.\\d{3} s    hit; died; ready again after 3000 ms");
    }
}
