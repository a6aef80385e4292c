package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.topology.damage.Damages;
import dev.lastmile.topology.waiting.JoinStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static final String KAFKA = "kafka: {bootstrap.servers: 'broker:9092'}\n";
    private static final String REGISTRY = "registry: {url: 'http://registry:8081'}\n";
    private static final String DEPLOYMENTS =
            "deployments: [{customer: st-marys, deployment: ward-7, metric: word_error_rate}]\n";
    private static final String SMALLEST = KAFKA + REGISTRY + DEPLOYMENTS;

    private final Path directory;

    ConfigurationTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static Configuration parse(String yaml) {
        return parse(yaml, Map.of());
    }

    private static Configuration parse(String yaml, Map<String, String> environment) {
        return Configuration.parse("config.yaml", yaml, Path.of("."), environment);
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        Configuration configuration = parse(SMALLEST);

        assertThat(configuration.applicationId()).isEqualTo("lastmile");
        assertThat(configuration.state())
                .isEqualTo(new StateSettings(
                        Path.of("lastmile-state"),
                        new MemorySize(256L << 20),
                        new MemorySize(JoinStore.defaultIndexBytes()),
                        1));
        assertThat(configuration.http()).isEqualTo(new HttpSettings("127.0.0.1", 8080, null, List.of(), null));
        assertThat(configuration.metrics()).isEqualTo(new MetricsSettings(20_000, 5_000_000));
        assertThat(configuration.topics()).isEqualTo(new TopicSettings((short) -1));
        assertThat(configuration.drainInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.registry().properties()).isEmpty();
    }

    @Test
    void everythingThatIsGivenIsUsed() {
        Configuration configuration = parse(SMALLEST + """
                applicationId: ward-watch
                state: {directory: /var/lib/lastmile, memory: 1GiB, index: 300MiB, threads: 4}
                http: {host: 0.0.0.0, port: 9090, tls: {certificate: c.pem, key: k.pem}, tokens: [{file: t}, {file: u, customer: acme}], healthFile: /tmp/h}
                metrics: {seriesLimit: 500, bytesLimit: 600000}
                topics: {replicationFactor: 3}
                drainInterval: PT0.5S
                """);

        assertThat(configuration.applicationId()).isEqualTo("ward-watch");
        assertThat(configuration.state())
                .isEqualTo(new StateSettings(
                        Path.of("/var/lib/lastmile"), new MemorySize(1L << 30), new MemorySize(300L << 20), 4));
        assertThat(configuration.http())
                .isEqualTo(new HttpSettings(
                        "0.0.0.0",
                        9090,
                        new Tls.Pem(Path.of(".", "c.pem"), Path.of(".", "k.pem")),
                        List.of(new TokenFile(Path.of(".", "t"), null), new TokenFile(Path.of(".", "u"), "acme")),
                        Path.of("/tmp/h")));
        assertThat(configuration.metrics()).isEqualTo(new MetricsSettings(500, 600_000));
        assertThat(configuration.topics().replicationFactor()).isEqualTo((short) 3);
        assertThat(configuration.drainInterval()).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            htpp: {port: 1}                          | htpp: unknown key
            http: {prot: 1}                          | http.prot: unknown key; known here
            http: {port: '8080'}                     | http.port: must be a whole number: "8080"
            http: {port: 70000}                      | http.port: must be in [0, 65535]: 70000
            http: {port: 8080.5}                     | http.port: must be a whole number: 8080.5
            http: {port: 99999999999999999999}       | http.port: must be a whole number: 99999999999999999999
            http: {port: 4294967297}                 | http.port: must be at most 2147483647: 4294967297
            http: {port: }                           | http.port: must have a value
            http: {host: ' '}                        | http.host: must not be blank
            http: {host: 0.0.0.0}                    | http.host: must be one of 127.0.0.1, ::1 and localhost, unless tls and tokens are given: 0.0.0.0
            http: {host: h, tls: {certificate: c, key: k}} | http.host: must be one of
            http: {host: h, tokens: [{file: t}]}     | http.host: must be one of
            http: {tls: {certificate: c}}            | http.tls.key: is missing
            http: {tls: {keystore: c}}               | http.tls.passwordFile: is missing
            http: {tls: {keystore: c, key: k}}       | http.tls.key: unknown key
            http: {tokens: [{customer: acme}]}       | http.tokens[0].file: is missing
            http: {tokens: [{file: t, customer: a/b}]} | http.tokens[0].customer:
            http: {host: 127}                        | http.host: must be text; put it in quotes if it is: 127
            http: 8080                               | http: must be a mapping of keys to values: 8080
            http: [8080]                             | http: must be a mapping of keys to values: [8080]
            http: {port: 1, port: 2}                 | http.port: must be given once
            http: {port: &a 1, host: *a}             | http.host: must be written out: YAML aliases are not supported
            state: {memory: 256MB}                   | state.memory: must be a size such as 256MiB (KiB, MiB or GiB): 256MB
            state: {memory: 1MiB}                    | state.memory: must be >= 16MiB: 1MiB
            state: {index: 0MiB}                     | state.index: must be a size such as 256MiB (KiB, MiB or GiB): 0MiB
            state: {threads: 0}                      | state.threads: must be in [1, 64]: 0
            state: {directory: ''}                   | state.directory: must not be blank
            metrics: {seriesLimit: 1}                | metrics.seriesLimit: must be in [100, 1000000]: 1
            metrics: {bytesLimit: 100000}            | metrics.bytesLimit: must be in [500000, 500000000]: 100000
            topics: {replicationFactor: 0}           | topics.replicationFactor: must be -1 or in [1, 15]: 0
            drainInterval: 1s                        | drainInterval: must be an ISO-8601 duration such as PT1H or P14D: 1s
            drainInterval: PT1H                      | drainInterval: must be in [PT0.1S, PT1M]: PT1H
            applicationId: 'two words'               | applicationId: must match
            """)
    void aWrongSettingIsNamedByItsPath(String line, String problem) {
        assertThatThrownBy(() -> parse(SMALLEST + line + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("config.yaml: " + problem)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            registry: {}                                   | registry.url: is missing
            registry: {url: 'ftp://x'}                     | registry.url: must be http://, https:// or mock://: ftp://x
            registry: {url: 'me:s3cret@x'}                 | registry.url: must be http://, https:// or mock://
            registry: {url: 'http://x', properties: {a: [1]}} | registry.properties.a: must be text, a number or true or false
            """)
    void aWrongRegistryIsNamedByItsPath(String line, String problem) {
        assertThatThrownBy(() -> parse(KAFKA + DEPLOYMENTS + line + "\n"))
                .hasMessageStartingWith("config.yaml: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bootstrap.servers: localhost             | bootstrap.servers: must be host:port, more separated by commas: localhost
            bootstrap.servers: 'a:9092,b'            | bootstrap.servers: must be host:port, more separated by commas: a:9092,b
            bootstrap.servers: 'a:99999'             | bootstrap.servers: must be host:port
            bootstrap: {servers: 'a:1'}              | bootstrap: must be text, a number or true or false; write the key with its dots
            bootstrap.sevrers: 'a:1'                 | bootstrap.sevrers: is no setting of Kafka Streams or its clients
            bootstrap.servers: 'a:1', application.id: x | application.id: is set by applicationId
            bootstrap.servers: 'a:1', processing.guarantee: at_least_once | processing.guarantee: is decided by the monitor
            bootstrap.servers: 'a:1', isolation.level: read_uncommitted | isolation.level: is decided by the monitor
            bootstrap.servers: 'a:1', main.consumer.isolation.level: read_uncommitted | main.consumer.isolation.level: is decided by the monitor
            bootstrap.servers: 'a:1', default.value.serde: x | default.value.serde: is decided by the monitor
            bootstrap.servers: 'a:1', default.production.exception.handler: x | default.production.exception.handler: is decided
            bootstrap.servers: 'a:1', commit.interval.ms: soon | commit.interval.ms: must be
            bootstrap.servers: 'a:1', state.dir: x   | state.dir: is set by state.directory
            """)
    void aWrongKafkaSettingIsNamedByItsPath(String entries, String problem) {
        assertThatThrownBy(() -> parse("kafka: {" + entries + "}\n" + REGISTRY + DEPLOYMENTS))
                .hasMessageStartingWith("config.yaml: kafka." + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit.interval.ms: 500",
                "security.protocol: SASL_SSL",
                "consumer.session.timeout.ms: 6000",
                "producer.linger.ms: 50",
                "max.task.idle.ms: 100",
                "group.instance.id: lastmile-0",
                "topic.min.insync.replicas: 2"
            })
    void otherKafkaSettingsArePassedThrough(String entry) {
        Configuration configuration =
                parse("kafka: {bootstrap.servers: 'a:1,[::1]:2', " + entry + "}\n" + REGISTRY + DEPLOYMENTS);

        String key = entry.substring(0, entry.indexOf(':'));
        assertThat(StreamsProperties.of(configuration, new Damages(() -> 0)))
                .containsEntry(key, configuration.kafka().properties().get(key));
    }

    /** With many customers Kafka Streams would look at all partitions before each record; the consumer keeps them in step. */
    @Test
    void kafkaStreamsWaitsForNoPartitionWhereNothingElseIsSaid() {
        assertThat(StreamsProperties.of(parse(SMALLEST), new Damages(() -> 0))).containsEntry("max.task.idle.ms", -1L);
    }

    @Test
    void theWrongValueOfAKafkaSettingIsNotRepeatedSinceItMayBeASecret() {
        assertThatThrownBy(() -> parse("kafka: {bootstrap.servers: 'a:1', sasl.login.retry.backoff.ms: s3cret}\n"
                        + REGISTRY
                        + DEPLOYMENTS))
                .hasMessageContaining("kafka.sasl.login.retry.backoff.ms")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                       | is empty
            just words               | must be a mapping of keys to values
            'a: [1'                  | is no YAML:
            'a: "1'                  | is no YAML:
            """)
    void aFileThatIsNoMappingIsRefused(String yaml, String problem) {
        assertThatThrownBy(() -> parse(yaml)).hasMessageStartingWith("config.yaml: " + problem);
    }

    @Test
    void aSecondDocumentIsRefusedInsteadOfIgnored() {
        assertThatThrownBy(() -> parse(SMALLEST + "---\nhttp: {port: 1}\n"))
                .hasMessage("config.yaml: must hold one YAML document only");
    }

    @Test
    void brokersAndDeploymentsMustBeGiven() {
        assertThatThrownBy(() -> parse(REGISTRY + DEPLOYMENTS))
                .hasMessage("config.yaml: kafka.bootstrap.servers: is missing");
        assertThatThrownBy(() -> parse(KAFKA + REGISTRY)).hasMessage("config.yaml: deployments: is missing");
        assertThatThrownBy(() -> parse(KAFKA + REGISTRY + "deployments: []\n"))
                .hasMessage("config.yaml: deployments: must have one entry or more");
    }

    @Test
    void aFileIsNamedAsItWasGivenAndMissingOnesAreToldApart() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.yaml"), SMALLEST + "http: {port: -1}\n");

        assertThatThrownBy(() -> Configuration.read(broken, Map.of()))
                .hasMessage(broken + ": http.port: must be in [0, 65535]: -1");
        assertThatThrownBy(() -> Configuration.read(directory.resolve("absent.yaml"), Map.of()))
                .hasMessageEndingWith("absent.yaml: there is no such file");
        assertThatThrownBy(() -> Configuration.read(directory, Map.of())).hasMessageEndingWith(": is a directory");
    }

    @Test
    void theEnvironmentOverridesTheFile() {
        Map<String, String> environment = Map.of(
                "LASTMILE_HTTP_PORT", "9999",
                "LASTMILE_APPLICATION_ID", "12",
                "LASTMILE_METRICS_SERIES_LIMIT", "700",
                "LASTMILE_STATE_MEMORY", "64MiB",
                "LASTMILE_DRAIN_INTERVAL", "PT2S",
                "LASTMILE_TOPICS_REPLICATION_FACTOR", "-1",
                "LASTMILE_KAFKA_BOOTSTRAP_SERVERS", "other:1",
                "LASTMILE_REGISTRY_PROPERTIES_BASIC_AUTH_USER_INFO", "me:secret",
                "PATH", "/bin");

        Configuration configuration = parse(SMALLEST + "http: {port: 1}\n", environment);

        assertThat(configuration.http().port()).isEqualTo(9999);
        assertThat(configuration.applicationId()).isEqualTo("12");
        assertThat(configuration.metrics().seriesLimit()).isEqualTo(700);
        assertThat(configuration.state().memory()).isEqualTo(new MemorySize(64L << 20));
        assertThat(configuration.drainInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.kafka().bootstrapServers()).isEqualTo("other:1");
        assertThat(configuration.registry().properties()).containsEntry("basic.auth.user.info", "me:secret");
    }

    @Test
    void aWrongOverrideIsNamedByVariableAndPath() {
        assertThatThrownBy(() -> parse(SMALLEST, Map.of("LASTMILE_HTTP_PORT", "http")))
                .hasMessage("LASTMILE_HTTP_PORT: http.port: must be a whole number: http");
        assertThatThrownBy(() -> parse(SMALLEST, Map.of("LASTMILE_KAFKA_PROCESSING_GUARANTEE", "x")))
                .hasMessageStartingWith("LASTMILE_KAFKA_PROCESSING_GUARANTEE: kafka.processing.guarantee: is decided");
    }

    @Test
    void aVariableThatNamesNoSettingIsRefused() {
        assertThatThrownBy(() -> parse(SMALLEST, Map.of("LASTMILE_HTTP_PROT", "1")))
                .hasMessage("LASTMILE_HTTP_PROT: is no setting that the environment can override");
    }

    @Test
    void whatKubernetesSetsForAServiceOfThisNameIsNotMeantForUs() {
        Map<String, String> environment = Map.of(
                "LASTMILE_SERVICE_HOST", "10.0.0.7",
                "LASTMILE_SERVICE_PORT_METRICS", "8080",
                "LASTMILE_PORT", "tcp://10.0.0.7:8080",
                "LASTMILE_HTTP_PORT", "tcp://10.0.0.7:8080",
                "LASTMILE_PORT_8080_TCP_ADDR", "10.0.0.7");

        assertThat(parse(SMALLEST, environment).http().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drainInterval: \"PT1S\\nhttp.port: is wrong\\e[2J\\u2028\\u202e\"",
                "\"a\\nb\\u0085\": 1",
                "drainInterval: |\n  two\n  lines"
            })
    void whatIsWrongIsOneLineWhateverTheFileHolds(String wrong) {
        String text = SMALLEST + "\n" + wrong + "\n";

        assertThatThrownBy(() -> Configuration.parse("c.yaml", text, Path.of("."), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).chars())
                        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E));
    }

    @Test
    void aValueOfMegabytesIsNotPrinted() {
        String text = "kafka: {bootstrap.servers: \"a:1\"}\nregistry: {url: \"" + "x".repeat(1 << 20) + "\"}\n";

        assertThatThrownBy(() -> Configuration.parse("c.yaml", text, Path.of("."), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(3_000));
    }
}
