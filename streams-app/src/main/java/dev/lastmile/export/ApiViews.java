package dev.lastmile.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.DeploymentSnapshot.HistoryPoint;
import dev.lastmile.alert.Novelty;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.BaselineTrail;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Coarse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as JSON. Ratios are 0-1, durations seconds, times ISO-8601 UTC; what is not known is {@code null}.
 *
 * <p>Cells with fewer than {@link SliceStanding#MINIMUM_SHOWN} labelled inferences are left out here too, buckets of the
 * history included, whatever the snapshot holds; so are cells from which they could be had.
 */
final class ApiViews {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Comparator<Alert> FIRING_AND_NEWEST_FIRST = Comparator.comparing(ApiViews::urgency)
            .thenComparing(Alert::startedAtMs, Comparator.reverseOrder())
            .thenComparing(Alert::alertId);

    private ApiViews() {}

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** One short entry a deployment, with what a table of all of them needs. */
    static ArrayNode deployments(List<Publication> publications) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        publications.forEach(publication -> array.add(summary(publication)));
        return array;
    }

    /** The summary and everything else that is known about one deployment. */
    static ObjectNode deployment(Publication publication) {
        DeploymentSnapshot snapshot = publication.snapshot();
        ObjectNode node = summary(publication);
        ArrayNode slices = node.putArray("slices");
        publication.slices().forEach(slice -> slices.add(slice(slice)));
        Set<String> named = publication.slices().stream()
                .map(slice -> slice.slice().toString())
                .collect(Collectors.toSet());
        ObjectNode history = node.putObject("history");
        new TreeMap<>(snapshot.history()).forEach((slice, points) -> {
            if (named.contains(slice)) {
                history.set(slice, points(points));
            }
        });
        node.set("alerts", alerts(List.of(publication)));
        node.set("baseline", baseline(publication));
        ArrayNode trail = node.putArray("baselines");
        snapshot.baseline().trail().forEach(entry -> trail.add(trailEntry(entry)));
        ObjectNode refused = node.putObject("refusedCommands");
        new TreeMap<>(snapshot.baseline().refusedCommands()).forEach(refused::put);
        ObjectNode ledger = node.putObject("ledger");
        snapshot.ledger().asMap().forEach((disposition, count) -> ledger.put(disposition.wireName(), count));
        ObjectNode deadLetters = node.putObject("deadLetters");
        new TreeMap<>(snapshot.deadLetters()).forEach(deadLetters::put);
        return node;
    }

    private static ObjectNode baseline(Publication publication) {
        BaselineStanding standing = publication.snapshot().baseline();
        ObjectNode node = object();
        node.put("version", standing.version());
        node.put("labelledSoFar", standing.progress());
        ArrayNode missing = node.putArray("missing");
        for (BaselineStanding.Missing one : publication.missing()) {
            missing.addObject()
                    .put("slice", one.slice().toString())
                    .put("labelled", one.labelled())
                    .put("needed", one.needed());
        }
        return node;
    }

    private static ObjectNode trailEntry(BaselineTrail.Entry entry) {
        return object().put("version", entry.version())
                .put("source", entry.source().name())
                .put("setBy", entry.setBy())
                .put("setAt", time(entry.setAtMs()))
                .put("from", entry.hasPeriod() ? time(entry.fromMs()) : null)
                .put("to", entry.hasPeriod() ? time(entry.toExclusiveMs()) : null)
                .put("labelled", entry.labelled() < SliceStanding.MINIMUM_SHOWN ? null : (Long) entry.labelled());
    }

    /** The alerts of all these deployments, firing first, the newest of a state first. */
    static ArrayNode alerts(List<Publication> publications) {
        List<Shown> alerts = new ArrayList<>();
        for (Publication publication : publications) {
            publication.snapshot().alerts().forEach(alert -> alerts.add(new Shown(alert, publication)));
        }
        alerts.sort(Comparator.comparing(Shown::alert, FIRING_AND_NEWEST_FIRST));
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        alerts.forEach(shown -> array.add(alert(shown.alert(), shown.publication())));
        return array;
    }

    /** An alert, and what else may be shown of its deployment. */
    private record Shown(Alert alert, Publication publication) {}

    /** Where to look first. */
    private static int urgency(Alert alert) {
        return switch (alert.state()) {
            case FIRING -> 0;
            case STALE -> 1;
            case RESOLVED -> 2;
        };
    }

    private static ObjectNode summary(Publication publication) {
        DeploymentSnapshot snapshot = publication.snapshot();
        ObjectNode node = object();
        node.put("customer", snapshot.deployment().customer());
        node.put("deployment", snapshot.deployment().deployment());
        Metric metric = snapshot.metric();
        node.put("watched", metric != null);
        node.put("metric", metric == null ? null : metric.wireName());
        node.put("metricWords", metric == null ? null : metric.words());
        node.put("baselineVersion", snapshot.baselineVersion());
        node.put("baselineProgress", snapshot.baselineProgress());
        node.put("asOf", time(snapshot.asOfMs()));
        long firing = snapshot.alerts().stream()
                .filter(alert -> alert.state() == AlertState.FIRING)
                .count();
        node.put("alertsFiring", firing);
        node.put("inferencesReceived", snapshot.ledger().inferencesReceived());
        node.put("truthsReceived", snapshot.ledger().truthsReceived());
        node.put(
                "deadLettered",
                snapshot.deadLetters().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        Optional<SliceStanding> overall = publication.slices().stream()
                .filter(slice -> slice.slice().isOverall())
                .findFirst();
        node.set("overall", overall.<JsonNode>map(ApiViews::slice).orElse(JsonNodeFactory.instance.nullNode()));
        node.set("overallHistory", points(snapshot.history().getOrDefault(Slice.OVERALL.toString(), List.of())));
        return node;
    }

    private static ObjectNode slice(SliceStanding slice) {
        ObjectNode node = object();
        node.put("slice", slice.slice().toString());
        ObjectNode terms = node.putObject("terms");
        slice.slice().asMap().forEach(terms::put);
        node.put("modelVersion", slice.modelVersion());
        node.put("received", slice.received());
        node.put("labelled", slice.labelled());
        node.put("errors", slice.errors());
        node.put("trials", slice.trials());
        node.put("emptyReferences", slice.emptyReferences());
        node.put("ratio", slice.ratio());
        node.put("lower", slice.interval() == null ? null : slice.interval().lower());
        node.put("upper", slice.interval() == null ? null : slice.interval().upper());
        node.put("recentRatio", slice.recentRatio());
        node.put("baselineRatio", slice.baselineRatio());
        node.put("labelCoverage", slice.received() > 0 ? slice.labelled() / (double) slice.received() : null);
        node.put("labelDelaySeconds", slice.labelDelaySeconds());
        node.put("disparateEffect", slice.disparateEffect());
        node.put("evidence", slice.evidence());
        return node;
    }

    /**
     * Buckets of a slice without their counts. These would have to be hidden by the thousand, since buckets add up along time as well;
     * and a ratio in full says what it is a ratio of.
     */
    private static ArrayNode points(List<HistoryPoint> points) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (HistoryPoint point : points) {
            if (point.labelled() >= SliceStanding.MINIMUM_SHOWN) {
                array.addObject()
                        .put("bucketStart", time(point.bucketStartMs()))
                        .put("ratio", Coarse.ratio(point.ratio(), point.labelled()));
            }
        }
        return array;
    }

    private static ObjectNode alert(Alert alert, Publication publication) {
        ObjectNode node = object();
        node.put("alertId", alert.alertId());
        node.put("kind", alert.kind().name());
        node.put("state", alert.state().name());
        node.put("customer", alert.deployment().customer());
        node.put("deployment", alert.deployment().deployment());
        node.put("modelVersion", alert.modelVersion());
        node.put("slice", alert.slice().toString());
        node.put("effect", alert.effect());
        node.put("lower", alert.interval().lower());
        node.put("upper", alert.interval().upper());
        node.put("sliceMean", alert.sliceMean());
        node.put("restMean", alert.restMean());
        node.put("baselineSliceMean", alert.baselineSliceMean());
        node.put("baselineRestMean", alert.baselineRestMean());
        node.put("labelled", alert.labelled());
        node.put("coverageNow", alert.coverageNow());
        node.put("restCoverageNow", alert.restCoverageNow());
        node.put("coverageAtBaseline", alert.coverageAtBaseline());
        node.put("ratioNow", alert.ratioNow());
        node.put("ratioAtBaseline", alert.ratioAtBaseline());
        node.put("baselineVersion", alert.baselineVersion());
        node.put(
                "baselineSlice",
                alert.baselineSlice() == null ? null : alert.baselineSlice().toString());
        node.put("windowStart", time(alert.windowStartMs()));
        node.put("windowEndExclusive", time(alert.windowEndExclusiveMs()));
        node.put("startedAt", time(alert.startedAtMs()));
        node.put("endedAt", time(alert.endedAtMs()));
        ArrayNode companions = node.putArray("companions");
        alert.companions().forEach(slice -> companions.add(slice.toString()));
        node.put("inferenceWeight", alert.weight());
        Novelty novelty = alert.novelty();
        if (novelty != null) {
            ObjectNode news = node.putObject("novelty");
            news.put("firstSeen", time(novelty.firstSeenMs()));
            news.put("trafficShare", novelty.trafficShare());
            ArrayNode needs = news.putArray("labelsNeeded");
            novelty.labelsNeeded().forEach(need -> needs.addObject()
                    .put("slice", need.slice().toString())
                    .put("labelled", publication.shows(alert.modelVersion(), need.slice()) ? need.labelled() : 0)
                    .put("needed", need.needed()));
        }
        node.put("configurationHash", alert.configurationHash());
        node.put("message", alert.message());
        return node;
    }

    private static @Nullable String time(@Nullable Long epochMs) {
        return epochMs == null || epochMs == Long.MIN_VALUE
                ? null
                : Instant.ofEpochMilli(epochMs).toString();
    }
}
