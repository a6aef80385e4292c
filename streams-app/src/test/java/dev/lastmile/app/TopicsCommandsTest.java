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

/** What is wrong with a command is said before the cluster is asked; the broker named here does not exist. */
class TopicsCommandsTest {

    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    TopicsCommandsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private int run(String applicationId, List<String> words) throws IOException {
        Path configuration = Files.writeString(directory.resolve("lastmile.yaml"), """
                applicationId: %s
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                registry: {url: "http://127.0.0.1:1"}
                deployments:
                  - {customer: st-marys, deployment: ward-7, metric: error_rate, dimensions: [accent]}
                """.formatted(applicationId));
        List<String> arguments = new ArrayList<>(List.of("topics", words.get(0), "--config", configuration.toString()));
        words.subList(1, words.size()).forEach(word -> arguments.add(word.replace("DIRECTORY", directory.toString())));
        CommandLine commandLine = Main.commandLine(Map.of("SHORT", "hunter2", "BLANK", "hunter2 hunter2 hunter2"));
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create                                            | Error: Missing required argument
            create --customer acme --monitor                  | are mutually exclusive
            create --customer Acme                            | topics create: customer must match [a-z0-9-]{1,32}
            create --customer acme --partitions 0             | topics create: partitions must be in [1, 10000]: 0
            create --customer acme --retention PT1M           | topics create: retention must be at least PT1H: PT1M
            create --customer acme --retention 14             | must be an ISO-8601 duration such as P14D: 14
            create --customer acme --producer-bytes 0         | topics create: producer_byte_rate must be in [1, 1e12]: 0.0
            create --customer acme --producer-bytes NaN       | topics create: producer_byte_rate must be in [1, 1e12]: NaN
            create --monitor --partitions 2                   | partitions, retention and limits are given to customers only
            create --monitor --password-env NO                | no environment variable is called NO
            create --monitor --password-env SHORT             | SHORT: password must have 16 to 256 characters, not 7
            create --monitor --password-env BLANK             | BLANK: password must have neither spaces nor control characters
            create --monitor --password-file DIRECTORY/absent | absent: there is no such file
            create --monitor --password-env A --password-file B | are mutually exclusive
            check --admin-config DIRECTORY/absent             | absent: there is no such file
            check --customer Acme                             | topics check: customer must match
            check --trusted exporter                          | topics check: trusted must be User:NAME
            """)
    void whatIsWrongIsSaidWithExitCode2(String line, String problem) throws IOException {
        assertThat(run("lastmile", List.of(line.split(" ", -1)))).isEqualTo(2);

        assertThat(err.toString()).contains(problem).doesNotContain("hunter2");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anApplicationIdThatLooksLikeACustomerIsRefused() throws IOException {
        assertThat(run("lastmile.acme", List.of("check"))).isEqualTo(2);

        assertThat(err.toString()).contains("applicationId must not begin with lastmile.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sasl.jaas.confg=hunter2                                | sasl.jaas.confg: is no setting of Kafka's administrative client
            sasl.jaas.config=hunter2\\u00zz                         | must be a properties file
            security.protocol=SASL_SSL#sasl.jaas.config=hunter2    | sasl.jaas.config must be: MODULE required
            security.protocol=SSL#ssl.truststore.location=/absent  | no client can be made of its security.*, sasl.* and ssl.*
            """)
    void aWrongFileOfTheAdministratorIsNamedWithoutWhatIsSecret(String lines, String problem) throws IOException {
        Path file = Files.writeString(directory.resolve("admin.properties"), lines.replace('#', '\n'));

        assertThat(run("lastmile", List.of("check", "--admin-config", file.toString())))
                .isEqualTo(2);

        assertThat(err.toString()).startsWith(file + ": ").contains(problem).doesNotContain("hunter2");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void withoutACommandThereIsUsage() {
        CommandLine commandLine = Main.commandLine(Map.of());
        commandLine.setErr(new PrintWriter(err));

        assertThat(commandLine.execute("topics")).isEqualTo(2);

        assertThat(err.toString()).contains("a command is missing", "create", "check");
    }
}
