package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

    private static final String GOOD = """
            kafka: {bootstrap.servers: "127.0.0.1:1", ssl.keystore.password: hunter2}
            registry: {url: "http://me:hunter2@127.0.0.1:1", properties: {basic.auth.user.info: "me:hunter2"}}
            deployments:
              - {customer: st-marys, deployment: "*", metric: word_error_rate, dimensions: [accent]}
            """;

    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    MainTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine commandLine = Main.commandLine(environment);
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), yaml).toString();
    }

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("run", "config", "topology", "2   wrong configuration or usage");
        assertThat(run("config", "check", "--help")).isZero();
        assertThat(out.toString()).contains("--config=FILE");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(run("--version")).isZero();

        assertThat(out.toString()).matches("lastmile \\d+\\.\\d+\\.\\d+\\S*\\s+");
    }

    @Test
    void wrongUsageIsExitCode2AndOneLineBeforeTheUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run("run")).isEqualTo(2);
        assertThat(run("config")).isEqualTo(2);

        assertThat(err.toString()).startsWith("a command is missing\nUsage:").contains("--config=FILE");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void checkPrintsWhatIsInForceAndNoSecret() throws IOException {
        assertThat(run(Map.of("LASTMILE_HTTP_PORT", "9090"), "config", "check", "--config", file(GOOD)))
                .isZero();

        assertThat(out.toString())
                .contains("# deployments[0] st-marys/*: configuration hash ")
                .contains("port: 9090", "memory: 256MiB", "ssl.keystore.password: '********'")
                .contains("url: http://********@127.0.0.1:1", "basic.auth.user.info: '********'")
                .doesNotContain("hunter2");
    }

    @Test
    void whatCheckPrintsCanBeReadAgainAndSaysTheSame() throws IOException {
        run("config", "check", "--config", file(GOOD.replace("me:hunter2@", "")));
        String first = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run("config", "check", "--config", file(first))).isZero();

        assertThat(out.toString()).isEqualTo(first);
    }

    @Test
    void aWrongKeyIsOneLineWithItsPathAndExitCode2() throws IOException {
        String file = file(GOOD + "http: {prot: 1}\n");

        assertThat(run("config", "check", "--config", file)).isEqualTo(2);
        assertThat(run("run", "--config", file)).isEqualTo(2);

        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.equals(
                        file + ": http.prot: unknown key; known here: healthFile, host, port, tls, tokens"));
    }

    @Test
    void theTopologyIsPrintedWithoutBrokerRegistryOrConfiguration() throws IOException {
        assertThat(run("topology")).isZero();
        String withoutFile = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run("topology", "--config", file(GOOD))).isZero();

        assertThat(withoutFile).startsWith("Topologies:").contains("Sub-topology: 1");
        assertThat(out.toString()).isEqualTo(withoutFile);
    }

    @Test
    void aTakenPortIsOneLineAndExitCode2() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String file = file(GOOD + "http: {port: " + taken.getLocalPort() + "}\n");

            assertThat(run("run", "--config", file)).isEqualTo(2);

            assertThat(err.toString())
                    .matches("http.port: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": .*in use\\s+");
        }
    }
}
