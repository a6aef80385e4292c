package dev.lastmile.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.benchmarks.Requirement;
import dev.lastmile.benchmarks.report.BarChart;
import dev.lastmile.benchmarks.report.HeldTo;
import dev.lastmile.benchmarks.report.Spread;
import dev.lastmile.local.simulation.report.Table;
import dev.lastmile.local.simulation.report.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Latencies as Markdown, JSON and a picture.
 *
 * @param about how they came about, by name
 * @param samples one a rate
 */
record LatencyReport(Map<String, String> about, List<LatencySample> samples) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;
    private static final double MILLIS = 1_000;

    /** The rate at which the latency is held to something, in percent of the greatest. */
    private static final int JUDGED_PERCENT = 50;

    private static final double MUST_SECONDS = 5;
    private static final double AIM_SECONDS = 2.5;

    /** Writes {@code latency.md}, {@code latency.json} and {@code latency.svg}. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("latency.md"), markdown());
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("latency.json").toFile(), json());
        Files.writeString(directory.resolve("latency.svg"), picture());
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        about.forEach((name, value) -> lines.add("* " + name + ": " + value));
        lines.add("");
        lines.addAll(latencies().asMarkdown());
        lines.add("");
        lines.addAll(stretches().asMarkdown());
        List<Requirement> requirements = requirements();
        if (!requirements.isEmpty()) {
            lines.add("");
            lines.addAll(HeldTo.table("Held to", requirements).asMarkdown());
        }
        return lines;
    }

    private Table latencies() {
        List<List<String>> rows = new ArrayList<>();
        for (LatencySample sample : samples) {
            Percentiles latency = sample.latency();
            OptionalDouble bound = latency.upperBound(P99);
            rows.add(List.of(
                    sample.percent() + " %",
                    whole(sample.askedPerSecond()),
                    whole(sample.sentPerSecond()),
                    whole(latency.count()),
                    whole(latency.at(MEDIAN)),
                    whole(latency.at(P99)),
                    bound.isEmpty() ? Wording.NOTHING : "≤ " + whole(bound.getAsDouble()),
                    whole(latency.max()),
                    String.format(Locale.ROOT, "%.1f", sample.caughtUpSeconds())));
        }
        return new Table(
                "From the ground truth that tips the balance to the alert, ms by the broker's clock",
                List.of(
                        "rate",
                        "events/s asked",
                        "sent",
                        "alerts",
                        "p50",
                        "p99",
                        "p99 with 95 % confidence",
                        "longest",
                        "all counted after, s"),
                rows);
    }

    private Table stretches() {
        List<List<String>> rows = new ArrayList<>();
        for (LatencySample sample : samples) {
            for (Stretch stretch : Stretch.values()) {
                Percentiles its = stretch.of(sample.journeys());
                rows.add(List.of(
                        sample.percent() + " %",
                        stretch.label(),
                        whole(its.mean()),
                        whole(its.at(MEDIAN)),
                        whole(its.at(P99)),
                        whole(its.max())));
            }
        }
        return new Table(
                "What each part of the way takes, ms: means add up, percentiles do not; the last part comes on top",
                List.of("rate", "from … to", "mean", "p50", "p99", "longest"),
                rows);
    }

    private List<Requirement> requirements() {
        return samples.stream()
                .filter(sample -> sample.percent() == JUDGED_PERCENT)
                .map(sample -> new Requirement(
                        "p99 at " + JUDGED_PERCENT + " % of the greatest rate, s",
                        OptionalDouble.of(sample.latency().at(P99) / MILLIS),
                        MUST_SECONDS,
                        AIM_SECONDS,
                        false,
                        "of " + sample.latency().count() + " alerts"))
                .toList();
    }

    ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        about.forEach(root.putObject("about")::put);
        ArrayNode rates = root.putArray("rates");
        for (LatencySample sample : samples) {
            Percentiles latency = sample.latency();
            ObjectNode node = rates.addObject()
                    .put("percent", sample.percent())
                    .put("askedPerSecond", sample.askedPerSecond())
                    .put("sentPerSecond", sample.sentPerSecond())
                    .put("caughtUpSeconds", sample.caughtUpSeconds())
                    .put("alerts", latency.count())
                    .put("p50Ms", latency.at(MEDIAN))
                    .put("p99Ms", latency.at(P99));
            latency.upperBound(P99).ifPresent(bound -> node.put("p99UpperBoundMs", bound));
            ArrayNode journeys = node.putArray("journeysMs");
            for (Journey journey : sample.journeys()) {
                ArrayNode parts = journeys.addArray();
                for (Stretch stretch : Stretch.values()) {
                    parts.add(stretch.of(journey));
                }
            }
        }
        HeldTo.write(requirements(), root.putArray("requirements"));
        return root;
    }

    String picture() {
        List<BarChart.Group> groups = new ArrayList<>();
        for (LatencySample sample : samples) {
            List<BarChart.Bar> bars = new ArrayList<>();
            bars.add(bar("ground truth to alert", sample.latency(), true));
            for (Stretch stretch : Stretch.values()) {
                bars.add(bar(stretch.label(), stretch.of(sample.journeys()), false));
            }
            groups.add(new BarChart.Group(sample.percent() + " % of the greatest rate", bars));
        }
        return BarChart.draw("From the ground truth to the alert", "ms: median, and up to the 99th percentile", groups);
    }

    private static BarChart.Bar bar(String label, Percentiles its, boolean ours) {
        return new BarChart.Bar(label, new Spread(its.at(MEDIAN), its.at(MEDIAN), its.at(P99)), ours);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
