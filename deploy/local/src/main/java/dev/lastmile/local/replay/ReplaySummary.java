package dev.lastmile.local.replay;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a replay as lines for people. */
final class ReplaySummary {

    private static final int MOST_SLICES = 40;
    private static final int SLICE_WIDTH = 44;

    private ReplaySummary() {}

    static List<String> of(ReplayResult result) {
        List<String> lines = new ArrayList<>();
        for (DeploymentSnapshot deployment : result.deployments()) {
            Metric metric = deployment.metric();
            if (metric != null) {
                lines.add("");
                addDeployment(deployment, metric, lines);
            }
        }
        lines.add("");
        lines.add("Alerts: "
                + (result.alerts().isEmpty()
                        ? "none"
                        : Integer.toString(result.alerts().size())));
        for (AlertEvent alert : result.alerts()) {
            lines.add("  " + alert.getState() + " " + alert.getKind() + " " + alert.getCustomer() + "/"
                    + alert.getDeployment() + " "
                    + Slice.parse(alert.getSliceName()).plain());
            lines.add("    " + alert.getMessage());
        }
        lines.add("");
        lines.add("Records: " + dispositions(result.ledger()));
        return lines;
    }

    private static void addDeployment(DeploymentSnapshot deployment, Metric metric, List<String> lines) {
        String baseline = deployment.baselineVersion();
        lines.add(deployment.deployment() + ": "
                + metric.words()
                + (baseline == null ? ", no baseline" : ", baseline " + baseline));
        lines.add(String.format(
                Locale.ROOT,
                "  %-" + SLICE_WIDTH + "s %-12s %10s %10s %10s %10s  %s",
                "slice",
                "version",
                "inferences",
                "labelled",
                "errors",
                "trials",
                "ratio [95 % interval]"));
        int shown = Math.min(MOST_SLICES, deployment.slices().size());
        for (SliceStanding slice : deployment.slices().subList(0, shown)) {
            lines.add(line(slice, metric));
        }
        if (shown < deployment.slices().size()) {
            lines.add("  and " + (deployment.slices().size() - shown) + " more in the report");
        }
    }

    private static String line(SliceStanding slice, Metric metric) {
        return String.format(
                Locale.ROOT,
                "  %-" + SLICE_WIDTH + "s %-12s %10d %10d %10s %10s  %s",
                slice.slice().plain(),
                slice.modelVersion(),
                slice.received(),
                slice.labelled(),
                ReplayReport.inTrials(slice.errors(), metric).toPlainString(),
                ReplayReport.inTrials(slice.trials(), metric).toPlainString(),
                ratio(slice));
    }

    private static String ratio(SliceStanding slice) {
        Double ratio = slice.ratio();
        Interval interval = slice.interval();
        if (ratio == null || interval == null) {
            return "unknown";
        }
        return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", ratio, interval.lower(), interval.upper());
    }

    private static String dispositions(Ledger ledger) {
        List<String> parts = new ArrayList<>();
        for (Disposition disposition : Disposition.values()) {
            if (ledger.get(disposition) != 0) {
                parts.add(disposition.wireName() + " " + ledger.get(disposition));
            }
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
}
