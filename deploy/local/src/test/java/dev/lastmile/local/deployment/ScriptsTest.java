package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two scripts that run in containers, run here. */
class ScriptsTest {

    private static final List<Function<String, String>> INPUTS = List.of(Topics::inferences, Topics::groundTruth);
    private static final List<Function<String, String>> COMPACTED = List.of(Topics::sliceStatistics, Topics::alerts);

    @Test
    void everyCustomerGetsTheTopicsThatTheCodeNames() throws IOException, InterruptedException {
        Tool.Outcome outcome = createTopics("st-marys", "acme");

        assertThat(outcome.exitCode()).isZero();
        List<String> commands = outcome.output().lines().toList();
        List<String> expected = new ArrayList<>();
        for (String customer : List.of("st-marys", "acme")) {
            INPUTS.forEach(name -> expected.add(name.apply(customer)));
            COMPACTED.forEach(name -> expected.add(name.apply(customer)));
            expected.add(Topics.deadLetters(customer));
        }
        assertThat(commands.stream().map(ScriptsTest::topicOf)).containsExactlyElementsOf(expected);
        assertThat(commands).allMatch(command -> command.contains("--partitions 4 --replication-factor 1"));
    }

    @Test
    void inputsCarryTheBrokersTimeAndLastValuesAreCompacted() throws IOException, InterruptedException {
        List<String> commands = createTopics("acme").output().lines().toList();

        assertThat(commands).allSatisfy(command -> {
            assertThat(command.contains("message.timestamp.type=LogAppendTime"))
                    .isEqualTo(
                            INPUTS.stream().anyMatch(name -> name.apply("acme").equals(topicOf(command))));
            assertThat(command.contains("cleanup.policy=compact"))
                    .isEqualTo(COMPACTED.stream()
                            .anyMatch(name -> name.apply("acme").equals(topicOf(command))));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "a.b", "", "a b", "a23456789012345678901234567890123"})
    void aNameThatIsNoCustomersIsRefused(String name) throws IOException, InterruptedException {
        assertThat(Topics.isCustomer(name)).isFalse();
        assertThat(createTopics(name).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1", "404, 1"})
    void theContainersHealthIsWhatTheMonitorAnswers(int status, int exitCode) throws IOException, InterruptedException {
        HttpServer monitor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        monitor.createContext("/health/live", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        monitor.start();
        try {
            assertThat(healthCheck(monitor.getAddress().getPort()).exitCode()).isEqualTo(exitCode);
        } finally {
            monitor.stop(0);
        }
    }

    @Test
    void aMonitorThatDoesNotListenIsNotHealthy() throws IOException, InterruptedException {
        String address = Server.freeAddress();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        assertThat(healthCheck(port).exitCode()).isEqualTo(1);
    }

    private static Tool.Outcome healthCheck(int port) throws IOException, InterruptedException {
        String script = RepositoryFiles.path("deploy/compose/healthcheck.sh").toString();
        return Tool.orSkip("bash", "bash").run(List.of(script, Integer.toString(port)), Map.of());
    }

    /** What the script would ask Kafka's tool for: one command a line. */
    private static Tool.Outcome createTopics(String... customers) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add(RepositoryFiles.path("deploy/compose/create-topics.sh").toString());
        arguments.addAll(List.of(customers));
        return Tool.orSkip("sh", "dash").run(arguments, Map.of("KAFKA_TOPICS", "echo"));
    }

    private static String topicOf(String command) {
        List<String> words = List.of(command.split(" ", -1));
        return words.get(words.indexOf("--topic") + 1);
    }
}
