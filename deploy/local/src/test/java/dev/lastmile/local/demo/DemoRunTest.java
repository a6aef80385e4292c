package dev.lastmile.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.local.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The demo as it is typed, all of it: broker, registry, monitor, traffic and alerts. */
final class DemoRunTest {

    @Test
    void theDemoKeepsItsThreePromisesAndLeavesNothingBehind() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("demo", "--seconds", "120", "--seed", "7", "--port", "0");

        assertThat(exitCode).as(out.toString() + err).isZero();
        assertThat(out.toString())
                .contains("FIRING DISPARATE_DEGRADATION st-marys/ward-7 noise=imaging,accent=scottish")
                .contains("FIRING DEGRADATION northline/call-routing")
                .doesNotContain(" NO ");
        assertThat(out.toString().lines().filter(line -> line.contains(" yes ")))
                .hasSize(3);
        assertThat(ReadmeDemo.shown()).isNotEmpty();
        assertThat(ReadmeDemo.missingFrom(out.toString()))
                .as("lines of the README that the demo did not print: %s", out)
                .isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    private static List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String thisProcess =
                    "lastmile-(broker|demo)-" + ProcessHandle.current().pid() + "-.*";
            return files.filter(file -> file.getFileName().toString().matches(thisProcess))
                    .toList();
        }
    }
}
