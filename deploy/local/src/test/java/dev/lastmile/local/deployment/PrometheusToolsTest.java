package dev.lastmile.local.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Prometheus and Alertmanager themselves say about their files. */
class PrometheusToolsTest {

    @Test
    void prometheusAcceptsItsConfigurationAndTheRulesItNames() throws IOException, InterruptedException {
        Tool.orSkip("promtool", "prometheus").succeeds("check", "config", path("deploy/prometheus/prometheus.yml"));
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
