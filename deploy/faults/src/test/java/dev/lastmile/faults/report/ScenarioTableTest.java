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
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTableTest {

    private static final Evidence KILL = Evidence.fault("kill");
    private static final Evidence TEST = Evidence.test("app.FirstTest#holds");
    private static final Evidence CASES = Evidence.test("app.FirstTest#holdsInAllCases");
    private static final Evidence FAILING = Evidence.test("app.FirstTest#fails");
    private static final Evidence SKIPPED = Evidence.test("app.FirstTest#isLeftOut");
    private static final Evidence UNKNOWN = Evidence.test("app.SecondTest#holds");

    private final Path repository;

    ScenarioTableTest(@TempDir Path repository) throws IOException {
        this.repository = repository;
        Files.writeString(repository.resolve("pom.xml"), "<project><modules><module>app</module></modules></project>");
        Path reports = Files.createDirectories(repository.resolve("app/target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-dev.lastmile.app.FirstTest.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="dev.lastmile.app.FirstTest">
                  <properties><property name="a" value="b"/></properties>
                  <testcase name="holds" classname="dev.lastmile.app.FirstTest" time="0.1"/>
                  <testcase name="holdsInAllCases(Path, int)[1]" classname="dev.lastmile.app.FirstTest"/>
                  <testcase name="holdsInAllCases(Path, int)[2]" classname="dev.lastmile.app.FirstTest"/>
                  <testcase name="fails" classname="dev.lastmile.app.FirstTest"><failure message="no"/></testcase>
                  <testcase name="isLeftOut" classname="dev.lastmile.app.FirstTest"><skipped/></testcase>
                </testsuite>
                """);
    }

    private static Outcome outcome(boolean hit, List<String> broken) {
        return new Outcome(
                "KILLS",
                1,
                "c0ffee",
                List.of(
                        new Strike("kill", true, "", Duration.ofSeconds(3)),
                        new Strike("kill", hit, "", Duration.ofSeconds(5))),
                10,
                1,
                broken);
    }

    private ScenarioTable table(Instant notBefore, List<Outcome> outcomes, Evidence... evidence) throws IOException {
        Scenario scenario = new Scenario(Scenario.Table.EDGES, "row", "goes wrong", "is right", List.of(evidence));
        return new ScenarioTable(List.of(scenario), outcomes, TestResults.in(repository, notBefore));
    }

    private String line(List<Outcome> outcomes, Evidence... evidence) throws IOException {
        return table(Instant.EPOCH, outcomes, evidence)
                .markdown()
                .lines()
                .filter(line -> line.startsWith("| `row`"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRowOfWhichEverythingPassedPassed() throws Exception {
        assertThat(line(List.of(outcome(true, List.of())), KILL, TEST, CASES))
                .isEqualTo("| `row` | goes wrong | is right | `kill`, `FirstTest#holds`, `FirstTest#holdsInAllCases`"
                        + " | 2 strikes in 1 runs, 3 tests | passed | 3.0 s, 5.0 s, 5.0 s |");
    }

    @Test
    void whatWasNotRunNeverPassed() throws Exception {
        assertThat(line(List.of(), KILL)).contains("| none | not run |  |");
        assertThat(line(List.of(), UNKNOWN)).contains("| none | not run |  |");
        assertThat(line(List.of(), SKIPPED)).contains("| none | not run |  |");
        assertThat(line(List.of(), TEST, KILL, UNKNOWN))
                .contains("| 1 tests | 1 of 3 passed; not run: kill, SecondTest#holds |");
    }

    @Test
    void aFailureIsNamedWhateverElsePassed() throws Exception {
        assertThat(line(List.of(), TEST, FAILING, UNKNOWN)).contains("| **failed**: FirstTest#fails |");
        assertThat(line(List.of(outcome(true, List.of()), outcome(true, List.of("I1: lost"))), KILL))
                .contains("| 4 strikes in 2 runs | **failed**: kill |");
    }

    @Test
    void aRunInWhichTwoFaultsStruckIsOneRun() throws Exception {
        Outcome both = new Outcome(
                "BROKER",
                1,
                "c0ffee",
                List.of(
                        new Strike("kill", true, "", Duration.ofSeconds(3)),
                        new Strike("stop", true, "", Duration.ofSeconds(5))),
                10,
                1,
                List.of());

        assertThat(line(List.of(both), KILL, Evidence.fault("stop"))).contains("| 2 strikes in 1 runs | passed |");
    }

    @Test
    void aFaultThatDidNotHitShowsNothing() throws Exception {
        assertThat(line(List.of(outcome(false, List.of())), KILL)).contains("| 2 strikes in 1 runs | void |");
        assertThat(line(List.of(outcome(false, List.of()), outcome(true, List.of())), KILL))
                .contains("| 4 strikes in 2 runs | passed |");
    }

    @Test
    void rowsThatWereNotShownAreNamed() throws Exception {
        ScenarioTable shown = table(Instant.EPOCH, List.of(), TEST);
        ScenarioTable failed = table(Instant.EPOCH, List.of(), FAILING, UNKNOWN);
        ScenarioTable open = table(Instant.EPOCH, List.of(outcome(false, List.of())), TEST, KILL);

        assertThat(shown.failed()).isEmpty();
        assertThat(shown.notShown()).isEmpty();
        assertThat(failed.failed()).containsExactly("row");
        assertThat(failed.notShown()).isEmpty();
        assertThat(open.failed()).isEmpty();
        assertThat(open.notShown()).containsExactly("row");
    }

    @Test
    void resultsThatAreOlderThanTheCodeAreNone() throws Exception {
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);

        assertThat(table(tomorrow, List.of(), TEST).notShown()).containsExactly("row");
        assertThat(table(tomorrow, List.of(), FAILING).failed()).isEmpty();
        assertThat(TestResults.in(repository, tomorrow).age())
                .isEqualTo("No tests' results; 1 that are older than the code, " + tomorrow + ", are left out.");
        assertThat(TestResults.in(repository, Instant.EPOCH).age()).matches("Tests' results are from .+ to .+Z\\.");
    }
}
