package dev.lastmile.faults.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.scenario.Evidence;
import dev.lastmile.faults.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final List<Scenario> NO_ROWS = List.of();
    private static final Outcome PASSED = new Outcome(
            "KILLS",
            1,
            "c0ffee",
            List.of(
                    new Strike("kill", true, "died of SIGKILL", Duration.ofSeconds(3)).at(Duration.ofMillis(1_250)),
                    new Strike("kill", true, "died of SIGKILL", Duration.ofSeconds(5)).at(Duration.ofSeconds(9))),
            12_345,
            678,
            List.of());
    private static final Outcome FAILED = new Outcome(
            "KILLS", 2, "c0ffee", PASSED.strikes(), 5, 1, List.of("I1: lost"), List.of("2,000 records a second"));
    private static final Outcome VOID = new Outcome(
            "KILLS", 3, "c0ffee", List.of(new Strike("kill", false, "", Duration.ofSeconds(5))), 5, 1, List.of());

    @Test
    void countsWhatHeldAndSaysWhatDidNot(@TempDir Path repository) throws Exception {
        Report report = new Report(NO_ROWS, List.of(PASSED, FAILED, VOID), 0, none(repository));

        assertThat(report.lastLines()).containsExactly("1 passed, 1 failed, 1 void");
        assertThat(report.allPassed()).isFalse();
        assertThat(report.markdown())
                .contains("12,355 records and inputs judged, 680 cells")
                .contains("| kill | 5 | 4 | 5.0 s | 5.0 s | 5.0 s |")
                .contains("| KILLS | 3 | 1 | 1 | 1 | 5 | 12,355 |")
                .contains("| KILLS | 1 | c0ffee | 2 | 12,345 | 678 | PASSED |")
                .contains("KILLS, seed 2: `I1: lost`")
                .contains("* KILLS, seed 1: 1.250 kill; 9.000 kill\n")
                .contains("* KILLS, seed 2: 2,000 records a second; 1.250 kill; 9.000 kill\n");
    }

    /** Of a repository that was never built. */
    private static TestResults none(Path repository) throws IOException {
        Files.writeString(repository.resolve("pom.xml"), "<project><modules><module>app</module></modules></project>");
        return TestResults.in(repository, Instant.EPOCH);
    }

    @Test
    void nothingIsNoSuccess(@TempDir Path repository) throws Exception {
        assertThat(new Report(NO_ROWS, List.of(), 0, none(repository)).allPassed())
                .isFalse();
        assertThat(new Report(NO_ROWS, List.of(PASSED), 0, none(repository)).allPassed())
                .isTrue();
    }

    @Test
    void aRowThatFailedOrWasNotRunIsNoSuccessWhateverRunsPassed(@TempDir Path repository) throws Exception {
        List<Scenario> rows = List.of(row("killed", "kill"), row("struck-by-lightning", "lightning"));

        Report report = new Report(rows, List.of(PASSED), 0, none(repository));
        Report failed = new Report(rows, List.of(FAILED), 0, none(repository));

        assertThat(report.allPassed()).isFalse();
        assertThat(report.lastLines())
                .containsExactly("rows not run, or not all of them: struck-by-lightning", "1 passed, 0 failed, 0 void");
        assertThat(failed.lastLines())
                .containsExactly(
                        "rows that failed: killed; rows not run, or not all of them: struck-by-lightning",
                        "0 passed, 1 failed, 0 void");
        assertThat(new Report(rows.subList(0, 1), List.of(PASSED), 0, none(repository)).allPassed())
                .isTrue();
    }

    private static Scenario row(String name, String fault) {
        return new Scenario(Scenario.Table.MACHINES, name, "", "", List.of(Evidence.fault(fault)));
    }

    @Test
    void aProgramThatIsNotOverIsNoSuccess(@TempDir Path repository) throws Exception {
        Report report = new Report(NO_ROWS, List.of(PASSED), 7, none(repository));

        assertThat(report.allPassed()).isFalse();
        assertThat(report.lastLines()).containsExactly("runs still to come: 7", "1 passed, 0 failed, 0 void");
    }

    @Test
    void aRunIsReadAsItWasWritten(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("KILLS-2-1.json");

        OutcomeFile.write(file, FAILED);

        assertThat(OutcomeFile.read(file)).isEqualTo(FAILED);
        assertThat(directory.toFile().list()).containsExactly("KILLS-2-1.json");
    }
}
