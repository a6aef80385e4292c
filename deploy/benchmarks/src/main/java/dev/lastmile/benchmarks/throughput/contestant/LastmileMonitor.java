package dev.lastmile.benchmarks.throughput.contestant;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.app.Configuration;
import dev.lastmile.app.Monitor;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.export.Readiness;
import dev.lastmile.export.StreamsHealth;
import java.nio.file.Path;
import java.util.List;

/** Lastmile as it is shipped: validation, ledger, deduplication, corrections, detection, metrics and API. */
public final class LastmileMonitor implements Contestant {

    private static final long BASELINE = 50_000;

    @Override
    public String label() {
        return "Lastmile";
    }

    @Override
    public Running start(Stage stage) {
        MonitorConfiguration configuration = MonitorConfiguration.shipped(
                stage.bootstrapServers(),
                stage.registryUrl(),
                stage.application(),
                stage.state(),
                List.of(policy(stage.load().shape())));
        return start(configuration.yaml(), stage.expected());
    }

    /** How deployments of all customers are watched: with the usual baseline. */
    public static String policy(Shape shape) {
        return MonitorConfiguration.policy("*", shape, BASELINE);
    }

    /**
     * Starts a monitor.
     *
     * @param configuration what it runs with, as YAML; the environment overrides it, as that of any monitor
     * @param expected what must come out in the end
     */
    public static RunningMonitor start(String configuration, Sums expected) {
        return new RunningMonitor(
                Monitor.start(Configuration.parse("benchmark", configuration, Path.of(""), System.getenv())), expected);
    }

    /** A monitor at work. */
    public static final class RunningMonitor implements Running {

        private final Monitor monitor;
        private final Sums expected;

        private RunningMonitor(Monitor monitor, Sums expected) {
            this.monitor = monitor;
            this.expected = expected;
        }

        /** Whether it has its share of the work. */
        public Readiness readiness() {
            return monitor.readiness();
        }

        /** How its stream does. */
        public StreamsHealth health() {
            return monitor.health();
        }

        /** What became of the records of the deployments that are watched here. */
        public Ledger ledger() {
            Ledger ledger = new Ledger();
            monitor.snapshots().all().forEach(snapshot -> ledger.add(snapshot.ledger()));
            return ledger;
        }

        @Override
        public boolean isDone() {
            return ledger().get(Disposition.INFERENCE_JOINED) >= expected.labelled();
        }

        @Override
        public String difference() {
            return expected.withAtLeast(SliceStanding.MINIMUM_SHOWN).differenceFrom(sums());
        }

        /** Of the deployments that are watched here; of slices that are not too small to be shown. */
        public Sums sums() {
            Sums sums = new Sums();
            for (DeploymentSnapshot snapshot : monitor.snapshots().all()) {
                for (SliceStanding standing : snapshot.slices()) {
                    String slice = standing.slice().isOverall()
                            ? Sums.OVERALL
                            : standing.slice().plain();
                    sums.add(snapshot.deployment().deployment(), slice, standing.labelled(), standing.errors());
                }
            }
            return sums;
        }

        @Override
        public void close() {
            monitor.close();
        }
    }
}
