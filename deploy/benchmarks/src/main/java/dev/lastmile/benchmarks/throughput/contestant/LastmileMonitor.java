package dev.lastmile.benchmarks.throughput.contestant;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.app.Configuration;
import dev.lastmile.app.Monitor;
import dev.lastmile.benchmarks.throughput.load.Load;
import dev.lastmile.benchmarks.throughput.load.Sums;
import dev.lastmile.event.Disposition;
import java.util.Map;
import java.util.stream.Collectors;

/** Lastmile as it is shipped: validation, ledger, deduplication, corrections, detection, metrics and API. */
public final class LastmileMonitor implements Contestant {

    @Override
    public String label() {
        return "Lastmile";
    }

    @Override
    public Running start(Stage stage) {
        Monitor monitor = Monitor.start(Configuration.parse("benchmark", yaml(stage), stage.state(), Map.of()));
        return new Running() {
            @Override
            public boolean isDone() {
                return monitor.snapshots().all().stream()
                                .mapToLong(snapshot -> snapshot.ledger().get(Disposition.INFERENCE_JOINED))
                                .sum()
                        >= stage.expected().labelled();
            }

            @Override
            public String difference() {
                return stage.expected().differenceFrom(sumsOf(monitor));
            }

            @Override
            public void close() {
                monitor.close();
            }
        };
    }

    private static String yaml(Stage stage) {
        String dimensions =
                Load.DIMENSIONS.stream().map(Load.Dimension::name).collect(Collectors.joining(", ", "[", "]"));
        return """
                applicationId: %s
                kafka: {bootstrap.servers: "%s"}
                registry: {url: "%s"}
                state: {directory: "%s"}
                http: {port: 0}
                deployments:
                  - {customer: "*", deployment: "*", metric: error_rate, dimensions: %s, baseline: {labelled: 50000}}
                """.formatted(
                        stage.application(), stage.bootstrapServers(), stage.registryUrl(), stage.state(), dimensions);
    }

    private static Sums sumsOf(Monitor monitor) {
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
}
