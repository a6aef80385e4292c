package dev.lastmile.local.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus and Alertmanager themselves say about their files. */
class PrometheusToolsTest {

    /** It looks for the files that are named, so they have to be there. */
    @Test
    void prometheusAcceptsItsConfigurationAndTheRulesItNames(@TempDir Path folder)
            throws IOException, InterruptedException {
        ContainerSecrets secrets = ContainerSecrets.in(folder);
        String configuration = RepositoryFiles.text("deploy/prometheus/prometheus.yml")
                .replace("rules/*.yaml", RepositoryFiles.path("deploy/prometheus/rules") + "/*.yaml");
        Path file = Files.writeString(folder.resolve("prometheus.yml"), secrets.mountedIn(configuration));

        Tool.orSkip("promtool", "prometheus").succeeds("check", "config", file.toString());
    }

    @Test
    void theRulesPassTheirUnitTests() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("test", "rules"));
        for (Path test : RepositoryFiles.filesIn("deploy/prometheus/tests")) {
            arguments.add(test.toString());
        }
        Tool.orSkip("promtool", "prometheus").succeeds(arguments.toArray(String[]::new));
    }

    @Test
    void alertmanagerAcceptsItsConfiguration() throws IOException, InterruptedException {
        Tool.orSkip("amtool", "prometheus-alertmanager")
                .succeeds("check-config", path("deploy/alertmanager/alertmanager.yml"));
    }

    private static String path(String fromRoot) {
        return RepositoryFiles.path(fromRoot).toString();
    }
}
