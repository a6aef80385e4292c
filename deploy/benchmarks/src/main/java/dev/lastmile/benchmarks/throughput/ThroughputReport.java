package dev.lastmile.benchmarks.throughput;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.benchmarks.Requirement;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.report.BarChart;
import dev.lastmile.benchmarks.report.Spread;
import dev.lastmile.local.simulation.report.Table;
import dev.lastmile.local.simulation.report.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds gave, as Markdown, JSON and a picture.
 *
 * @param about how it came about, by name
 * @param samples of all patterns, rounds and contestants
 */
record ThroughputReport(Map<String, String> about, List<Sample> samples) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes {@code throughput.md}, {@code throughput.json} and {@code throughput.svg}. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("throughput.md"), markdown());
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("throughput.json").toFile(), json());
        Files.writeString(directory.resolve("throughput.svg"), picture());
    }

    private List<Pattern> patterns() {
        return samples.stream().map(Sample::pattern).distinct().toList();
    }

    private Map<String, List<Sample>> byContestant(Pattern pattern) {
        Map<String, List<Sample>> byContestant = new LinkedHashMap<>();
        samples.stream().filter(sample -> sample.pattern() == pattern).forEach(sample -> byContestant
                .computeIfAbsent(sample.contestant(), any -> new ArrayList<>())
                .add(sample));
        return byContestant;
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
    }

    private static Spread micros(List<Sample> samples) {
        return spread(samples, sample -> sample.measurement().microsPerEvent());
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        about.forEach((name, value) -> lines.add("* " + name + ": " + value));
        for (Pattern pattern : patterns()) {
            lines.add("");
            lines.addAll(costs(pattern).asMarkdown());
            List<Comparison> comparisons = Comparison.of(pattern, samples);
            if (!comparisons.isEmpty()) {
                lines.add("");
                lines.addAll(ratios(pattern, comparisons).asMarkdown());
            }
        }
        return lines;
    }

    private Table costs(Pattern pattern) {
        List<List<String>> rows = new ArrayList<>();
        byContestant(pattern)
                .forEach((label, its) -> rows.add(List.of(
                        label,
                        micros(its).text("%.2f"),
                        spread(its, sample -> sample.measurement().eventsPerSecond())
                                .text("%,.0f"),
                        spread(its, Sample::brokerMicrosPerEvent).text("%.2f"))));
        return new Table(
                pattern.label() + ": min – median – max of the rounds",
                List.of("contestant", "processor µs an event", "events/s", "broker's processor µs an event"),
                rows);
    }

    private static Table ratios(Pattern pattern, List<Comparison> comparisons) {
        List<List<String>> rows = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            rows.add(List.of(
                    comparison.rival(),
                    comparison.ratio().text("%.2f"),
                    comparison
                            .requirement()
                            .map(its -> "≥ " + Spread.bound(its.must()))
                            .orElse(Wording.NOTHING),
                    comparison
                            .requirement()
                            .map(its -> "≥ " + Spread.bound(its.aim()))
                            .orElse(Wording.NOTHING),
                    comparison.requirement().map(Requirement::standing).orElse("no claim")));
        }
        return new Table(
                pattern.label() + ": processor time an event over Lastmile's, within a round",
                List.of("rival", "min – median – max", "must", "aim", "standing"),
                rows);
    }

    ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        about.forEach(root.putObject("about")::put);
        ArrayNode measurements = root.putArray("measurements");
        for (Sample sample : samples) {
            Measurement its = sample.measurement();
            measurements
                    .addObject()
                    .put("pattern", sample.pattern().label())
                    .put("round", sample.round())
                    .put("contestant", sample.contestant())
                    .put("seconds", its.seconds())
                    .put("processorSeconds", its.processorSeconds())
                    .put("brokerSeconds", sample.brokerSeconds())
                    .put("events", its.events());
        }
        ArrayNode ratios = root.putArray("ratios");
        for (Pattern pattern : patterns()) {
            for (Comparison comparison : Comparison.of(pattern, samples)) {
                ObjectNode node = ratios.addObject()
                        .put("pattern", pattern.label())
                        .put("rival", comparison.rival())
                        .put("min", comparison.ratio().min())
                        .put("median", comparison.ratio().median())
                        .put("max", comparison.ratio().max());
                comparison.requirement().ifPresent(its -> node.put("must", its.must())
                        .put("aim", its.aim())
                        .put("standing", its.standing()));
            }
        }
        return root;
    }

    String picture() {
        List<BarChart.Group> groups = new ArrayList<>();
        for (Pattern pattern : patterns()) {
            List<BarChart.Bar> bars = new ArrayList<>();
            byContestant(pattern)
                    .forEach((label, its) -> bars.add(
                            new BarChart.Bar(label, micros(its), label.equals(ContestantRun.LASTMILE.label()))));
            groups.add(new BarChart.Group(pattern.label(), bars));
        }
        return BarChart.draw("What an event costs", "processor µs an event: median, and least to greatest", groups);
    }
}
