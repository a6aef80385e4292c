package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DashboardTest {

    private final Dashboard dashboard = new Dashboard();
    private final MetricContract contract = MetricContract.read();

    @Test
    void itsNameAndAddressAreFixed() {
        assertThat(dashboard.root().get("uid").asText()).isEqualTo("lastmile");
        assertThat(dashboard.root().get("title").asText()).isEqualTo("Lastmile");
    }

    @Test
    void everyPanelHasATitleADescriptionAndAUnit() {
        assertThat(dashboard.panels()).hasSizeGreaterThan(20).allSatisfy(panel -> {
            String title = panel.get("title").asText();
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText())
                    .as("description of %s", title)
                    .endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as("unit of %s", title)
                    .isNotBlank();
        });
    }

    @Test
    void panelsHaveIdsOfTheirOwnAndDoNotOverlap() {
        Set<Integer> ids = new HashSet<>();
        List<JsonNode> seen = new ArrayList<>();
        for (JsonNode panel : dashboard.root().get("panels")) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as("id of %s", panel.get("title"))
                    .isTrue();
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
            assertThat(seen).noneMatch(other -> overlap(place, other));
            seen.add(place);
        }
    }

    @Test
    void everythingAsksTheChosenDataSource() {
        List<JsonNode> sources = dashboard.root().findValues("datasource");
        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
    }

    @Test
    void everyQueryNamesMetricsAndLabelsThatTheMonitorExports() {
        List<Dashboard.Query> queries = new ArrayList<>(dashboard.queries());
        dashboard.variables().forEach(variable -> queries.add(variable.selector()));

        assertThat(queries).allSatisfy(query -> ContractCheck.of(contract).accepts(query.where(), query.expression()));
    }

    @Test
    void aQueryOfAMetricNobodyExportsIsRefused() {
        assertThat(ContractCheck.of(contract).complaints("max(lastmile_slice_eror_ratio)"))
                .containsExactly("unknown metric lastmile_slice_eror_ratio");
        assertThat(ContractCheck.of(contract).complaints("lastmile_alerts_firing{slice=\"overall\"}"))
                .containsExactly("lastmile_alerts_firing has no label slice");
        assertThat(ContractCheck.of(contract).complaints("max by (clice) (lastmile_slice_evidence)"))
                .containsExactly("no metric here has a label clice");
        assertThat(ContractCheck.of(contract).complaints("max(lastmile_records_total)"))
                .containsExactly("counter lastmile_records_total without rate or increase");
    }

    @Test
    void theDataSourceAndTheProviderAreThoseTheComposeFileMounts() {
        JsonNode source = RepositoryFiles.yaml("grafana/provisioning/datasources/prometheus.yaml")
                .at("/datasources/0");
        assertThat(source.get("type").asText()).isEqualTo("prometheus");
        JsonNode grafana = RepositoryFiles.yaml("deploy/compose/compose.yaml").at("/services/grafana");
        assertThat(source.get("url").asText()).isEqualTo("${LASTMILE_PROMETHEUS_URL}");
        assertThat(grafana.at("/environment/LASTMILE_PROMETHEUS_URL").asText()).isEqualTo("http://prometheus:9090");

        String folder = RepositoryFiles.yaml("grafana/provisioning/dashboards/lastmile.yaml")
                .at("/providers/0/options/path")
                .asText();
        assertThat(grafana.at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
                        .asText())
                .isEqualTo(folder + "/lastmile.json");
        List<String> mounts = new ArrayList<>();
        grafana.get("volumes").forEach(volume -> mounts.add(volume.asText()));
        assertThat(mounts).contains("../../grafana/dashboards:" + folder + ":ro");
    }

    private static boolean overlap(JsonNode a, JsonNode b) {
        return overlap(a, b, "x", "w") && overlap(a, b, "y", "h");
    }

    private static boolean overlap(JsonNode a, JsonNode b, String start, String length) {
        return a.get(start).asInt() < b.get(start).asInt() + b.get(length).asInt()
                && b.get(start).asInt() < a.get(start).asInt() + a.get(length).asInt();
    }
}
