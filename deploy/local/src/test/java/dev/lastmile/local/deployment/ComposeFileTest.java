package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.app.Configuration;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The compose file against the configuration it mounts, and both against the code. */
class ComposeFileTest {

    private static final String FOLDER = "deploy/compose";

    private final JsonNode services =
            RepositoryFiles.yaml(FOLDER + "/compose.yaml").get("services");
    private final Configuration configuration =
            Configuration.read(RepositoryFiles.path(FOLDER + "/lastmile.yaml"), Map.of());

    @Test
    void everyImageHasATagThatDoesNotMove() {
        assertThat(services)
                .allSatisfy(service -> assertThat(service.get("image").asText())
                        .matches("[a-z/-]+:v?\\d[\\w.-]+")
                        .doesNotContain("latest"));
    }

    @Test
    void theBrokerIsTheVersionOfTheClients() {
        String version = ImageTest.first("<kafka\\.version>([^<]+)<", "pom.xml");
        assertThat(services.at("/kafka/image").asText()).isEqualTo("apache/kafka:" + version);
        assertThat(services.at("/topics/image").asText()).isEqualTo("apache/kafka:" + version);
    }

    @Test
    void theMonitorsImageIsTheVersionOfTheBuild() {
        assertThat(services.at("/monitor/image").asText())
                .isEqualTo("lastmile:" + ImageTest.first("<version>([^<]+)</version>", "pom.xml"));
        assertThat(Path.of(services.at("/monitor/build/dockerfile").asText())).isEqualTo(Path.of(FOLDER, "Dockerfile"));
    }

    @Test
    void everyPortIsOnLoopbackAndTakenOnce() {
        Set<String> taken = new LinkedHashSet<>();
        for (JsonNode service : services) {
            for (JsonNode port : service.path("ports")) {
                assertThat(port.asText()).startsWith("127.0.0.1:");
                assertThat(taken.add(port.asText().split(":", -1)[1])).isTrue();
            }
        }
        assertThat(taken).contains("8080", "9090", "9093", "3000");
    }

    @Test
    void everyFileThatIsMountedExists() {
        List<String> mounted = new ArrayList<>();
        for (JsonNode service : services) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":", -1)[0];
                if (source.startsWith(".")) {
                    mounted.add(source);
                }
            }
        }
        assertThat(mounted).hasSizeGreaterThan(5).allSatisfy(source -> assertThat(
                        Files.exists(RepositoryFiles.path(FOLDER).resolve(source)))
                .as(source)
                .isTrue());
    }

    @Test
    void theMonitorFindsItsConfigurationAndItsState() {
        List<String> volumes = texts(services.at("/monitor/volumes"));
        String file = ImageTest.first("CMD \\[\"run\", \"--config\", \"([^\"]+)\"]", FOLDER + "/Dockerfile");
        assertThat(volumes).contains("./lastmile.yaml:" + file + ":ro");
        assertThat(volumes).contains("monitor-state:" + configuration.state().directory());
        assertThat(RepositoryFiles.text(FOLDER + "/Dockerfile"))
                .contains("VOLUME " + configuration.state().directory());
    }

    @Test
    void theMonitorFindsBrokerAndRegistry() {
        String servers = String.valueOf(configuration.kafka().properties().get("bootstrap.servers"));
        assertThat(services.at("/kafka/environment/KAFKA_ADVERTISED_LISTENERS").asText())
                .contains("INTERNAL://" + servers);
        assertThat(services.at("/topics/environment/BOOTSTRAP_SERVERS").asText())
                .isEqualTo(servers);

        URI registry = URI.create(configuration.registry().url());
        assertThat(services.has(registry.getHost())).isTrue();
        assertThat(services.at("/" + registry.getHost() + "/environment/QUARKUS_HTTP_PORT")
                        .asInt())
                .isEqualTo(registry.getPort());
        assertThat(registry.getPath()).isEqualTo("/apis/ccompat/v7");
    }

    @Test
    void theMonitorListensWhereEverybodyLooks() {
        int port = configuration.http().port();
        assertThat(configuration.http().host()).isEqualTo("0.0.0.0");
        assertThat(texts(services.at("/monitor/ports"))).containsExactly("127.0.0.1:" + port + ":" + port);
        assertThat(RepositoryFiles.text(FOLDER + "/Dockerfile")).contains("EXPOSE " + port + "\n");
        assertThat(RepositoryFiles.text(FOLDER + "/healthcheck.sh"))
                .contains("${2:-" + configuration.http().healthFile() + "}");

        JsonNode prometheus = RepositoryFiles.yaml("deploy/prometheus/prometheus.yml");
        JsonNode job = prometheus.at("/scrape_configs/0");
        assertThat(job.get("job_name").asText()).isEqualTo("lastmile");
        assertThat(job.get("metrics_path").asText()).isEqualTo("/metrics");
        assertThat(job.at("/static_configs/0/targets/0").asText()).isEqualTo("monitor:" + port);
        assertThat(job.get("sample_limit").asInt())
                .isGreaterThan(configuration.metrics().seriesLimit());
        assertThat(prometheus
                        .at("/alerting/alertmanagers/0/static_configs/0/targets/0")
                        .asText())
                .isEqualTo("alertmanager:9093");
        assertThat(services.has("alertmanager")).isTrue();
    }

    @Test
    void whoReadsSecretsFindsThoseThatAreMade() {
        List<String> made = texts(services.at("/secrets/command"));
        assertThat(made.subList(0, 3))
                .containsExactly("/bin/bash", "/opt/lastmile/make-secrets.sh", ContainerSecrets.MOUNTED);
        assertThat(made).as("the name in the scrape's address").contains("monitor");
        assertThat(texts(services.at("/secrets/volumes"))).contains("secrets:" + ContainerSecrets.MOUNTED);
        assertThat(services.at("/secrets/image").asText())
                .isEqualTo(ImageTest.first("FROM (\\S+)", FOLDER + "/Dockerfile"));
        for (String reader : List.of("monitor", "prometheus")) {
            assertThat(texts(services.at("/" + reader + "/volumes")))
                    .contains("secrets:" + ContainerSecrets.MOUNTED + ":ro");
            assertThat(services.at("/" + reader + "/depends_on/secrets/condition")
                            .asText())
                    .isEqualTo("service_completed_successfully");
        }
    }

    @Test
    void oneBrokerIsEnoughForEveryTopic() {
        assertThat(configuration.topics().replicationFactor()).isEqualTo((short) 1);
        assertThat(services.at("/topics/environment/REPLICATION_FACTOR").asInt())
                .isEqualTo(1);
    }

    @Test
    void theCustomersOfTheConfigurationGetTheirTopics() {
        List<String> command = texts(services.at("/topics/command"));
        Set<String> customers = new LinkedHashSet<>();
        configuration.deployments().forEach(policy -> customers.add(policy.customer()));
        customers.remove("*");
        assertThat(command.subList(2, command.size())).containsExactlyElementsOf(customers);
        assertThat(texts(services.at("/topics/volumes")))
                .containsExactly("./create-topics.sh:" + command.get(1) + ":ro");
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
