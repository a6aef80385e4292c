package dev.lastmile.local.deployment;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.export.Access;
import dev.lastmile.export.ExportLimits;
import dev.lastmile.export.HttpApi;
import dev.lastmile.export.MetricsExporter;
import dev.lastmile.export.Publications;
import dev.lastmile.export.Readiness;
import dev.lastmile.export.SnapshotSource;
import dev.lastmile.export.StreamsHealth;
import dev.lastmile.http.Refusals;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the monitor serves over HTTP, of one deployment of which alerts fire and end as a test wants it. */
final class AlertingMonitor implements SnapshotSource, AutoCloseable {

    private static final DeploymentId WARD = new DeploymentId("st-marys", "ward-7");

    private final Set<String> firing = new ConcurrentSkipListSet<>();
    private final HttpApi http;

    AlertingMonitor() throws IOException {
        CollectorRegistry registry = new CollectorRegistry();
        Publications publications = new Publications(this);
        Refusals refusals = new Refusals();
        new MetricsExporter(publications, () -> StreamsHealth.NOT_STARTED, refusals, ExportLimits.DEFAULT, "test")
                .register(registry);
        http = HttpApi.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                publications,
                () -> new Readiness(true, false, "RUNNING", "processing"),
                registry,
                Access.OPEN,
                refusals,
                System::nanoTime);
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + http.address().getPort();
    }

    /** An alert of that id and of the slice of that accent fires. */
    void fire(String id) {
        firing.add(id);
    }

    /** It has ended. */
    void end(String id) {
        firing.remove(id);
    }

    @Override
    public List<DeploymentSnapshot> all() {
        return List.of(new DeploymentSnapshot(
                WARD,
                Metric.WORD_ERROR_RATE,
                BaselineStanding.NONE,
                List.of(),
                List.of(),
                Map.of(),
                firing.stream().map(AlertingMonitor::alert).toList(),
                new Ledger(),
                Map.of(),
                0));
    }

    @Override
    public Optional<DeploymentSnapshot> find(DeploymentId deployment) {
        return all().stream()
                .filter(snapshot -> snapshot.deployment().equals(deployment))
                .findFirst();
    }

    private static Alert alert(String id) {
        return new Alert(
                id,
                Verdict.DISPARATE_DEGRADATION,
                AlertState.FIRING,
                WARD,
                "asr-3",
                Slice.of("accent", id),
                0.12,
                new Interval(0.06, 0.18),
                0.38,
                0.26,
                0.16,
                0.13,
                253,
                0.57,
                0.59,
                0.81,
                0.39,
                0.16,
                "b71c09aa2",
                Slice.of("accent", id),
                0,
                3_600_000,
                1_767_225_600_000L,
                null,
                List.of(),
                1,
                null,
                "4fe1a2b3c4d5",
                "scottish speakers are misheard");
    }

    @Override
    public void close() {
        http.close();
    }
}
