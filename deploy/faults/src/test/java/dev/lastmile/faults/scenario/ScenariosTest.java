package dev.lastmile.faults.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.campaign.Campaigns;
import dev.lastmile.faults.report.TestResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Evidence that does not exist shows nothing. */
class ScenariosTest {

    private static final Path ROOT = Path.of("../..");

    private static final String END_OF_METHOD = "\n    }\n";

    static List<Scenario> all() {
        return Scenarios.all();
    }

    @Test
    void everyTableHasItsRows() {
        assertThat(all()).extracting(Scenario::name).doesNotHaveDuplicates();
        assertThat(all())
                .filteredOn(one -> one.table() == Scenario.Table.BAD_INPUT)
                .hasSize(21);
        assertThat(all())
                .filteredOn(one -> one.table() == Scenario.Table.MACHINES)
                .hasSize(11);
        assertThat(all()).filteredOn(one -> one.table() == Scenario.Table.EDGES).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatShowsItExists(Scenario scenario) throws Exception {
        int there = 0;
        for (Evidence evidence : scenario.shownBy()) {
            if (evidence instanceof Evidence.OfFault fault) {
                assertThat(Campaigns.faultNames()).contains(fault.name());
                there++;
            } else if (evidence instanceof Evidence.OfTest test) {
                assertThat(isTest(test.type(), test.method()))
                        .as("%s", evidence)
                        .isTrue();
                there++;
            }
        }
        assertThat(there).as("what shows %s", scenario.name()).isPositive();
    }

    @Test
    void everyFaultIsThereForSomething() {
        Set<String> named = new TreeSet<>();
        all().forEach(scenario -> scenario.shownBy().forEach(evidence -> named.add(evidence.name())));

        Set<String> idle = Campaigns.faultNames();
        idle.removeAll(named);

        assertThat(idle).containsExactly("nothing");
    }

    @Test
    void whatDoesNotExistIsFoundOut() throws Exception {
        assertThat(isTest("faults.scenario.ScenariosTest", "whatDoesNotExistIsFoundOut"))
                .isTrue();
        assertThat(isTest("faults.scenario.ScenariosTest", "whatWasNeverWritten"))
                .isFalse();
        assertThat(isTest("faults.scenario.ScenariosTest", "all")).isFalse();
        assertThat(isTest("faults.scenario.NoSuchTest", "whatever")).isFalse();
        assertThat(Campaigns.faultNames()).doesNotContain("meteorite").contains("zombie");
    }

    /** Whether it is a test of the class, or of one that the class inherits from and that lies beside it. */
    private static boolean isTest(String type, String method) throws IOException {
        Optional<String> source = source(type);
        if (source.isEmpty()) {
            return false;
        }
        int found = source.get().indexOf("    void " + method + "(");
        if (found >= 0) {
            String untilThere = source.get().substring(0, found);
            // Its annotations come after the method before.
            String its = untilThere.substring(Math.max(0, untilThere.lastIndexOf(END_OF_METHOD)));
            return its.contains("@Test\n") || its.contains("@ParameterizedTest");
        }
        Matcher inherits = Pattern.compile(" class \\w+ extends (\\w+)").matcher(source.get());
        String folder = type.substring(0, type.lastIndexOf('.') + 1);
        return inherits.find() && isTest(folder + inherits.group(1), method);
    }

    private static Optional<String> source(String type) throws IOException {
        for (Path module : TestResults.in(ROOT, Instant.EPOCH).modules()) {
            Path file = module.resolve("src/test/java/dev/lastmile").resolve(type.replace('.', '/') + ".java");
            if (Files.exists(file)) {
                return Optional.of(Files.readString(file));
            }
        }
        return Optional.empty();
    }
}
