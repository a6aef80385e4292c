package dev.lastmile.local.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.event.Ledger;
import dev.lastmile.local.CannotRun;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.SliceTerm;
import dev.lastmile.score.Metric;
import dev.lastmile.stats.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a replay as JSON. Field names are a contract; fields may be added. Ratios are 0-1, times ISO-8601 in UTC,
 * and what is not known is null.
 */
final class ReplayReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReplayReport() {}

    /**
     * Writes the report.
     *
     * @param unreadableRows rows that never became a record; with the ledger they are all rows there were
     * @param rejectedRows these, and those whose record the monitor refused
     * @throws CannotRun when it cannot be written
     */
    static void write(Path file, ReplayResult result, long unreadableRows, long rejectedRows) throws CannotRun {
        try {
            byte[] bytes =
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(of(result, unreadableRows, rejectedRows));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw CannotRun.at("cannot write the report to " + file, e);
        }
    }

    private static ObjectNode of(ReplayResult result, long unreadableRows, long rejectedRows) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ArrayNode deployments = report.putArray("deployments");
        for (DeploymentSnapshot deployment : result.deployments()) {
            Metric metric = deployment.metric();
            if (metric != null) {
                deployments.add(deployment(deployment, metric));
            }
        }
        ArrayNode alerts = report.putArray("alerts");
        result.alerts().forEach(alert -> alerts.add(alert(alert)));
        report.set("ledger", ledger(result.ledger()));
        report.put("unreadable_rows", unreadableRows);
        report.put("rejected_rows", rejectedRows);
        return report;
    }

    private static ObjectNode deployment(DeploymentSnapshot snapshot, Metric metric) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("customer", snapshot.deployment().customer());
        node.put("deployment", snapshot.deployment().deployment());
        node.put("metric", metric.wireName());
        node.put("baseline", snapshot.baselineVersion());
        ArrayNode slices = node.putArray("slices");
        snapshot.slices().forEach(standing -> slices.add(slice(standing, metric)));
        node.set("ledger", ledger(snapshot.ledger()));
        return node;
    }

    private static ObjectNode slice(SliceStanding standing, Metric metric) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode terms = node.putObject("slice");
        standing.slice().asMap().forEach(terms::put);
        node.put("model_version", standing.modelVersion());
        node.put("inferences", standing.received());
        node.put("labelled", standing.labelled());
        node.put("errors", inTrials(standing.errors(), metric));
        node.put("trials", inTrials(standing.trials(), metric));
        node.put("empty_references", standing.emptyReferences());
        node.put("ratio", standing.ratio());
        Interval interval = standing.interval();
        node.put("lower", interval == null ? null : interval.lower());
        node.put("upper", interval == null ? null : interval.upper());
        return node;
    }

    /** Counted in fractions of a trial inside, so that sums stay exact; outside a trial is 1. */
    static BigDecimal inTrials(long units, Metric metric) {
        return BigDecimal.valueOf(units).divide(BigDecimal.valueOf(metric.unitsPerTrial()));
    }

    private static ObjectNode alert(AlertEvent alert) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", alert.getKind().name());
        node.put("state", alert.getState().name());
        node.put("customer", alert.getCustomer());
        node.put("deployment", alert.getDeployment());
        ObjectNode terms = node.putObject("slice");
        List<SliceTerm> slice = alert.getSlice();
        slice.forEach(term -> terms.put(term.getDimension(), term.getValue()));
        node.put("model_version", alert.getModelVersion());
        node.put("effect", alert.getEffect());
        node.put("lower", alert.getEffectLower());
        node.put("upper", alert.getEffectUpper());
        node.put("labelled", alert.getLabelled());
        node.put("slice_mean", alert.getSliceMean());
        node.put("rest_mean", alert.getRestMean());
        node.put("baseline_slice_mean", alert.getBaselineSliceMean());
        node.put("baseline_rest_mean", alert.getBaselineRestMean());
        node.put("coverage_now", alert.getCoverageNow());
        node.put("rest_coverage_now", alert.getRestCoverageNow());
        node.put("coverage_at_baseline", alert.getCoverageAtBaseline());
        node.put("baseline_version", alert.getBaselineVersion());
        ArrayNode companions = node.putArray("companions");
        alert.getCompanions().forEach(companions::add);
        node.put("inference_weight", alert.getInferenceWeight());
        node.put("started_at", alert.getStartedAt().toString());
        node.put("ended_at", text(alert.getEndedAt()));
        node.put("message", alert.getMessage());
        return node;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static ObjectNode ledger(Ledger ledger) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ledger.asMap().forEach((disposition, count) -> node.put(disposition.wireName(), count));
        return node;
    }
}
