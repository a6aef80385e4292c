package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is wrong with a command is said before anything is sent; the broker named here does not exist. */
class BaselineCommandsTest {

    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final String configuration;

    BaselineCommandsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        configuration =
                Files.writeString(directory.resolve("lastmile.yaml"), """
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                registry: {url: "http://127.0.0.1:1"}
                http: {port: 1}
                deployments:
                  - {customer: st-marys, deployment: ward-7, metric: error_rate, dimensions: [accent]}
                """).toString();
    }

    private int run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("baseline", command, "--config", configuration));
        arguments.addAll(List.of(more));
        CommandLine commandLine = Main.commandLine(Map.of());
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            relearn --customer st-marys --deployment ward-8 --labelled 5             | deployments: no entry matches st-marys/ward-8
            relearn --customer St --deployment ward-7 --labelled 5                   | customer must match
            relearn --customer st-marys --deployment ward-7                          | the policy has no baseline: say --labelled, or --from and --to
            relearn --customer st-marys --deployment ward-7 --labelled 0             | command: labelled: must be >= 1: 0
            relearn --customer st-marys --deployment ward-7 --labelled x             | Invalid value for option '--labelled'
            relearn --customer st-marys --deployment ward-7 --from 2026-01-01        | command: from: must be an ISO-8601 time in UTC
            relearn --customer st-marys --deployment ward-7 --from 2026-01-01T00:00:00Z | command: to: is missing
            relearn --customer st-marys --deployment ward-7 --labelled 5 --by a/b    | command: by: must be 1 to 64 letters
            import --customer st-marys --deployment ward-7                           | Missing required option: '--file=CARD'
            import --customer st-marys --deployment ward-7 --file absent.yaml        | absent.yaml: there is no such file
            """)
    void whatIsWrongIsSaidWithExitCode2(String line, String problem) {
        String[] words = line.split(" ", -1);

        assertThat(run(words[0], java.util.Arrays.copyOfRange(words, 1, words.length)))
                .isEqualTo(2);

        assertThat(err.toString()).contains(problem);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aWrongCardIsNamedByItsFileAndPath() throws IOException {
        Path card = Files.writeString(
                directory.resolve("card.yaml"), "slices: [{slice: {age: old}, labelled: 50, mean: 0.1}]");

        assertThat(run("import", "--customer", "st-marys", "--deployment", "ward-7", "--file", card.toString()))
                .isEqualTo(2);

        assertThat(err.toString()).startsWith(card + ": slices[0].slice: must be of declared dimensions");
    }

    @Test
    void aMonitorThatIsNotThereIsALineAndExitCode1() {
        assertThat(run("export", "--customer", "st-marys", "--deployment", "ward-7"))
                .isEqualTo(1);

        assertThat(err.toString()).startsWith("http://127.0.0.1:1/: ");
    }

    @Test
    void withoutACommandThereIsUsage() {
        CommandLine commandLine = Main.commandLine(Map.of());
        commandLine.setErr(new PrintWriter(err));

        assertThat(commandLine.execute("baseline")).isEqualTo(2);

        assertThat(err.toString()).contains("a command is missing", "relearn", "import", "export");
    }
}
