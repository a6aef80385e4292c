package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    @CsvSource({
        "ready, 0, live, 0",
        "ready, 0, ready, 0",
        "live, 0, live, 0",
        "live, 0, ready, 1",
        "ready, 100, live, 1",
        "ready, 100, ready, 1"
    })
    void theContainersHealthIsWhatTheMonitorWroteOfLate(
            String written, long secondsAgo, String asked, int exitCode, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("health"), written + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));

        assertThat(healthCheck(asked, file).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void aMonitorThatWritesNothingIsNotHealthy(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(healthCheck("live", folder.resolve("none")).exitCode()).isEqualTo(1);
    }

    private static Tool.Outcome healthCheck(String asked, Path file) throws IOException, InterruptedException {
        String script = RepositoryFiles.path("deploy/compose/healthcheck.sh").toString();
        return Tool.orSkip("bash", "bash").run(List.of(script, asked, file.toString()), Map.of());
    }

    @Test
    void secretsAreMadeOnce(@TempDir Path folder) throws IOException, InterruptedException {
        ContainerSecrets secrets = ContainerSecrets.in(folder);
        String token = secrets.operatorToken();

        assertThat(token).matches("[0-9a-f]{64}");
        assertThat(ContainerSecrets.in(folder).operatorToken()).isEqualTo(token);
        assertThat(folder).isDirectoryNotContaining(file -> file.endsWith("ca.p12"));
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
