package dev.lastmile.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command at its smallest. */
final class FigureTableTest {

    @Test
    void aPartOfTheTableHasItsRowsAndAllMethods(@TempDir Path directory) throws Exception {
        StringWriter out = new StringWriter();

        int exit = new CommandLine(new FigureTable())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "--only",
                        "answers: accent=a9 +10",
                        "--runs",
                        "2",
                        "--tuning-runs",
                        "1",
                        "--out",
                        directory.toString());

        assertThat(exit).isZero();
        String markdown = Files.readString(directory.resolve("figures.md"));
        assertThat(out.toString()).contains(markdown.lines().toList());
        assertThat(markdown)
                .contains(
                        "answers: accent=a9 +10, median delay over the oracle's", "answers: accent=a9 +10, right slice")
                .contains("| ADWIN .002 |", "| Page-Hinkley, tuned |", "| DDM 3 |", "| lastmile |", "| never |")
                .doesNotContain("words:");
        assertThat(directory.resolve("figures.json")).isNotEmptyFile();
        assertThat(directory.resolve("delay-answers.svg")).isNotEmptyFile();
    }
}
