package dev.lastmile.faults.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.fault.Strike;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Outcome PASSED = new Outcome(
            "KILLS",
            1,
            List.of(
                    new Strike("kill", true, "died of SIGKILL", Duration.ofSeconds(3)),
                    new Strike("kill", true, "died of SIGKILL", Duration.ofSeconds(5))),
            false,
            12_345,
            678,
            List.of());
    private static final Outcome FAILED = new Outcome("KILLS", 2, PASSED.strikes(), false, 5, 1, List.of("I1: lost"));
    private static final Outcome VOID = new Outcome("KILLS", 3, PASSED.strikes(), true, 5, 1, List.of());

    @Test
    void countsWhatHeldAndSaysWhatDidNot() {
        Report report = new Report(List.of(PASSED, FAILED, VOID));

        assertThat(report.lastLine()).isEqualTo("1 passed, 1 failed, 1 void");
        assertThat(report.allPassed()).isFalse();
        assertThat(report.markdown())
                .contains("12,355 records judged, 680 cells")
                .contains("| kill | 6 | 6 | 3.0 s | 5.0 s | 5.0 s |")
                .contains("| KILLS | 1 | 2 | 12,345 | 678 | PASSED |")
                .contains("KILLS, seed 2: `I1: lost`");
    }

    @Test
    void nothingIsNoSuccess() {
        assertThat(new Report(List.of()).allPassed()).isFalse();
        assertThat(new Report(List.of(PASSED)).allPassed()).isTrue();
    }

    @Test
    void aRunIsReadAsItWasWritten(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("KILLS-2-1.json");

        OutcomeFile.write(file, FAILED);

        assertThat(OutcomeFile.read(file)).isEqualTo(FAILED);
        assertThat(directory.toFile().list()).containsExactly("KILLS-2-1.json");
    }

    @Test
    void everyRunOfAProgramHasItsName() {
        for (Program program : Program.values()) {
            assertThat(program.runs()).extracting(Program.Run::name).doesNotHaveDuplicates();
        }
    }
}
