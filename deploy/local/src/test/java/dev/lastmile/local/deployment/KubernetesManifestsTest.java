package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.app.Configuration;
import dev.lastmile.app.Tls;
import dev.lastmile.app.TokenFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manifests against the configuration they carry, and both against the code. */
class KubernetesManifestsTest {

    private static final String FOLDER = "deploy/kubernetes/";

    private final JsonNode statefulSet = RepositoryFiles.yaml(FOLDER + "statefulset.yaml");
    private final JsonNode pod = statefulSet.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");
    private final JsonNode kustomization = RepositoryFiles.yaml(FOLDER + "kustomization.yaml");
    private final Configuration configuration = Configuration.read(
            RepositoryFiles.path(FOLDER + "lastmile.yaml"), Map.of("LASTMILE_KAFKA_GROUP_INSTANCE_ID", "lastmile-0"));

    @Test
    void thePodsNameBecomesItsStaticMembership() {
        assertThat(container.at("/env")).hasSize(1);
        assertThat(container.at("/env/0/name").asText()).isEqualTo("LASTMILE_KAFKA_GROUP_INSTANCE_ID");
        assertThat(container.at("/env/0/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("metadata.name");
        assertThat(configuration.kafka().properties()).containsEntry("group.instance.id", "lastmile-0");
    }

    @Test
    void aPodThatRestoresLives() {
        for (String probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/path").asText()).isEqualTo("/health/live");
        }
        for (String probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("http");
            assertThat(container.at("/" + probe + "/httpGet/scheme").asText()).isEqualTo("HTTPS");
        }
        assertThat(ComposeFileTest.texts(container.at("/readinessProbe/exec/command")))
                .containsExactly("/opt/lastmile/healthcheck.sh", "ready");
        assertThat(RepositoryFiles.text("deploy/compose/healthcheck.sh"))
                .contains("${2:-" + configuration.http().healthFile() + "}");
    }

    @Test
    void theConfigurationIsWhereTheArgumentsSayAndRollsThePods() {
        Map<String, String> mounts = new HashMap<>();
        container
                .get("volumeMounts")
                .forEach(mount -> mounts.put(
                        mount.get("name").asText(), mount.get("mountPath").asText()));
        List<String> arguments = ComposeFileTest.texts(container.get("args"));

        assertThat(arguments)
                .containsExactly(
                        "run",
                        "--config",
                        ImageTest.first("CMD \\[\"run\", \"--config\", \"([^\"]+)\"]", "deploy/compose/Dockerfile"));
        assertThat(arguments.get(2)).isEqualTo(mounts.get("configuration") + "/lastmile.yaml");
        assertThat(pod.at("/volumes/0/configMap/name").asText())
                .isEqualTo(kustomization.at("/configMapGenerator/0/name").asText());
        assertThat(kustomization.at("/configMapGenerator/0/files/0").asText()).isEqualTo("lastmile.yaml");
        assertThat(mounts)
                .containsEntry("state", configuration.state().directory().toString());
        assertThat(statefulSet.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("state");
    }

    @Test
    void thePortIsTheConfiguredOneEverywhere() {
        int port = configuration.http().port();
        assertThat(configuration.http().host()).isEqualTo("0.0.0.0");
        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(port);
        assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
        for (JsonNode service : RepositoryFiles.documents(FOLDER + "services.yaml")) {
            assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(port);
            assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
        }
        JsonNode annotations = statefulSet.at("/spec/template/metadata/annotations");
        assertThat(annotations.get("prometheus.io/port").asText()).isEqualTo(Integer.toString(port));
        assertThat(annotations.get("prometheus.io/path").asText()).isEqualTo("/metrics");
    }

    @Test
    void certificateAndTokensAreMountedWhereTheConfigurationLooks() {
        assertThat(configuration.http().tls())
                .isEqualTo(new Tls.Pem(Path.of("/run/lastmile/tls/tls.crt"), Path.of("/run/lastmile/tls/tls.key")));
        assertThat(configuration.http().tokens())
                .containsExactly(new TokenFile(Path.of("/run/lastmile/tokens/operator"), null));
        Map<String, String> secrets = new HashMap<>();
        pod.get("volumes")
                .forEach(volume -> secrets.put(
                        volume.get("name").asText(),
                        volume.at("/secret/secretName").asText()));
        for (JsonNode mount : container.get("volumeMounts")) {
            String path = mount.get("mountPath").asText();
            if (path.startsWith("/run/lastmile/")) {
                assertThat(secrets.get(mount.get("name").asText()))
                        .isEqualTo("lastmile-" + path.substring("/run/lastmile/".length()));
            }
        }
    }

    @Test
    void itRunsWithoutRightsOnAReadOnlyDisk() {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container.get("volumeMounts"))
                .as("native libraries are unpacked to /tmp")
                .anyMatch(mount -> mount.get("mountPath").asText().equals("/tmp"));
    }

    @Test
    void everySelectorFindsThePods() {
        JsonNode labels = statefulSet.at("/spec/template/metadata/labels");
        assertThat(statefulSet.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(RepositoryFiles.yaml(FOLDER + "disruption-budget.yaml").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(RepositoryFiles.yaml(FOLDER + "network-policy.yaml").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
        List<JsonNode> services = RepositoryFiles.documents(FOLDER + "services.yaml");
        assertThat(services)
                .allSatisfy(service -> assertThat(service.at("/spec/selector")).isEqualTo(labels));
        assertThat(services)
                .anyMatch(service -> service.at("/metadata/name").equals(statefulSet.at("/spec/serviceName"))
                        && service.at("/spec/clusterIP").asText().equals("None"));
    }

    @Test
    void theOperatorsScrapeFindsTheServiceAndKeepsTheJobsName() {
        JsonNode monitor = RepositoryFiles.yaml(FOLDER + "prometheus-operator/service-monitor.yaml");
        JsonNode wanted = monitor.at("/spec/selector/matchLabels");
        List<JsonNode> found = RepositoryFiles.documents(FOLDER + "services.yaml").stream()
                .filter(service -> wanted.properties().stream().allMatch(label -> label.getValue()
                        .equals(service.at("/metadata/labels").get(label.getKey()))))
                .toList();
        assertThat(found).hasSize(1);
        String jobLabel = monitor.at("/spec/jobLabel").asText();
        assertThat(found.get(0).at("/metadata/labels").get(jobLabel).asText()).isEqualTo("lastmile");
        assertThat(monitor.at("/spec/endpoints/0/path").asText()).isEqualTo("/metrics");
    }

    @Test
    void theImageIsTheOneThatComposeBuildsAndEveryFileExists() {
        JsonNode image = kustomization.at("/images/0");
        assertThat(container.get("image")).isEqualTo(image.get("name"));
        assertThat(image.get("newName").asText() + ":" + image.get("newTag").asText())
                .isEqualTo(RepositoryFiles.yaml("deploy/compose/compose.yaml")
                        .at("/services/monitor/image")
                        .asText());
        assertThat(ComposeFileTest.texts(kustomization.get("resources")))
                .isNotEmpty()
                .allMatch(file -> Files.exists(RepositoryFiles.path(FOLDER + file)));
    }
}
