package dev.lastmile.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

final class PageTest {

    private static final Path CHECKED_IN = Path.of("../SIZING.md");

    private static final String WRITE_IT_ANEW =
            "deploy/SIZING.md is not what is computed now. Write it anew, from the root of the repository:\n"
                    + "java -cp \"deploy/benchmarks/target/classes:$(cat deploy/benchmarks/target/classpath.txt)\""
                    + " dev.lastmile.benchmarks.sizing.SizingTable --write\n";

    @TempDir
    private Path directory = Path.of("");

    private static String run(String... arguments) {
        StringWriter said = new StringWriter();
        int exit = new CommandLine(new SizingTable())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments);
        assertThat(exit).as(said.toString()).isZero();
        return said.toString();
    }

    @Test
    void theCheckedInPageSaysWhatTheCommandComputes() throws Exception {
        Page page = Page.read(CHECKED_IN);

        Page computed = page.with(new SizingReport(Capacity.USUAL, Headroom.USUAL, Measured.read()).parts());

        List<String> missing = new ArrayList<>(computed.lines());
        missing.removeAll(page.lines());
        assertThat(missing).as(WRITE_IT_ANEW).isEmpty();
        assertThat(computed).as(WRITE_IT_ANEW).isEqualTo(page);
    }

    /** All of the page's ground truths come later than their inferences. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NEAR_MICROS", "BROKER_NEAR_MICROS"})
    void aConstantThatIsMeasuredAnewChangesWhatIsComputedFromIt(Constant constant) {
        Measured measured = Measured.read();

        assertThat(computedFrom(measured.with(constant, 3 * measured.of(constant))))
                .isNotEqualTo(computedFrom(measured));
    }

    private static Map<String, List<String>> computedFrom(Measured measured) {
        Map<String, List<String>> parts = new SizingReport(Capacity.USUAL, Headroom.USUAL, measured).parts();
        parts.remove("measured");
        return parts;
    }

    @Test
    void writingAPageAnewLeavesWhatPeopleWrote() throws Exception {
        Path copy = directory.resolve("SIZING.md");
        Files.write(
                copy,
                Page.read(CHECKED_IN).lines().stream()
                        .filter(line -> !line.startsWith("| 10,000,000 |"))
                        .toList());

        assertThat(run("--write", "--page", copy.toString())).isEmpty();

        assertThat(copy).hasSameTextualContentAs(CHECKED_IN);
    }

    @Test
    void theCommandPrintsWhatThePageHas() throws Exception {
        assertThat(Page.read(CHECKED_IN).lines()).containsAll(run().lines().toList());
    }

    @Test
    void aDemandOfOnesOwnHasItsSlices() {
        assertThat(run("--inferences", "5e6", "--horizon", "P30D", "--slices", "20", "--live-slices", "200"))
                .contains("| live slices a deployment | 200 |")
                .contains("| **partitions** of each topic | 8 |");
    }

    @Test
    void aPartThatIsNotOnThePageIsRefused() {
        Page page = new Page(List.of("text", "<!-- sizing: one -->", "old", "<!-- /sizing -->", "more text"));

        assertThat(page.with(Map.of("one", List.of("new", "lines"))).lines())
                .containsExactly("text", "<!-- sizing: one -->", "new", "lines", "<!-- /sizing -->", "more text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> page.with(Map.of("one", List.of(), "two", List.of())))
                .withMessageContaining("two");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> page.with(Map.of("two", List.of())))
                .withMessage("part must be known, by itself and there once: one");
    }
}
