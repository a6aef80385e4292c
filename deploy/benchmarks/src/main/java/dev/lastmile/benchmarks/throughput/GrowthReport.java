package dev.lastmile.benchmarks.throughput;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What growth costs, as Markdown, JSON and a picture.
 *
 * @param about how it came about, by name
 * @param samples of all steps and rounds
 */
record GrowthReport(Map<String, String> about, List<GrowthSample> samples) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Writes {@code growth.md}, {@code growth.json} and {@code growth.svg}, and {@code growth-messages.svg} where something is
     * claimed of messages.
     */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("growth.md"), markdown());
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("growth.json").toFile(), json());
        Files.writeString(directory.resolve("growth.svg"), costs());
        if (byStep().keySet().stream().anyMatch(Axis::holdsMessages)) {
            Files.writeString(directory.resolve("growth-messages.svg"), messages());
        } else {
            Files.deleteIfExists(directory.resolve("growth-messages.svg"));
        }
    }

    /** Samples by axis and, along it, by step. */
    private Map<Axis, Map<Step, List<GrowthSample>>> byStep() {
        Map<Axis, Map<Step, List<GrowthSample>>> byStep = new LinkedHashMap<>();
        for (GrowthSample sample : samples) {
            byStep.computeIfAbsent(sample.step().axis(), any -> new LinkedHashMap<>())
                    .computeIfAbsent(sample.step(), any -> new ArrayList<>())
                    .add(sample);
        }
        return byStep;
    }

    private static Spread spread(List<GrowthSample> samples, ToDoubleFunction<GrowthSample> figure) {
        return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
    }

    private static Spread micros(List<GrowthSample> samples) {
        return spread(samples, sample -> sample.measurement().microsPerEvent());
    }

    /** A figure at a step over that at the first of the axis, within a round. */
    private static Spread growth(
            List<GrowthSample> first, List<GrowthSample> its, ToDoubleFunction<GrowthSample> figure) {
        List<Double> factors = new ArrayList<>();
        for (GrowthSample sample : its) {
            first.stream()
                    .filter(one -> one.round() == sample.round())
                    .forEach(one -> factors.add(figure.applyAsDouble(sample) / figure.applyAsDouble(one)));
        }
        return Spread.of(factors);
    }

    private static Spread growthOfCost(List<GrowthSample> first, List<GrowthSample> its) {
        return growth(first, its, sample -> sample.measurement().microsPerEvent());
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        about.forEach((name, value) -> lines.add("* " + name + ": " + value));
        List<List<String>> rows = new ArrayList<>();
        byStep().forEach((axis, steps) -> {
            List<GrowthSample> first = steps.values().iterator().next();
            steps.forEach((step, its) -> rows.add(List.of(
                    axis.unit(),
                    String.format(Locale.ROOT, "%,d", step.number()),
                    micros(its).text("%.2f"),
                    growthOfCost(first, its).text("%.2f"),
                    spread(its, sample -> sample.measurement().eventsPerSecond())
                            .text("%,.0f"),
                    spread(its, sample -> (double) sample.deltas()).text("%,.0f"),
                    spread(its, GrowthSample::deltasPerSecond).text("%,.1f"),
                    shares(its.get(its.size() - 1).shares()),
                    shares(its.get(its.size() - 1).processorShares()))));
        });
        lines.add("");
        lines.addAll(new Table(
                        "As one thing grows and all else stays: min – median – max of the rounds",
                        List.of(
                                "what grows",
                                "to",
                                "processor µs an event",
                                "over the first step",
                                "events/s",
                                "messages to the second stage",
                                "a second",
                                "share of each instance",
                                "of processor time"),
                        rows)
                .asMarkdown());
        List<Requirement> requirements = requirements();
        if (!requirements.isEmpty()) {
            lines.add("");
            lines.addAll(HeldTo.table("Last step over first, median of the rounds", requirements)
                    .asMarkdown());
        }
        return lines;
    }

    private static String shares(List<Double> shares) {
        return shares.stream().map(Wording::percent).collect(Collectors.joining(", "));
    }

    private List<Requirement> requirements() {
        List<Requirement> requirements = new ArrayList<>();
        byStep().forEach((axis, steps) -> {
            List<List<GrowthSample>> all = List.copyOf(steps.values());
            List<GrowthSample> first = all.get(0);
            List<GrowthSample> last = all.get(all.size() - 1);
            axis.costHeldTo(growthOfCost(first, last).median()).ifPresent(requirements::add);
            axis.messagesHeldTo(
                            growth(first, last, GrowthSample::deltasPerSecond).median())
                    .forEach(requirements::add);
        });
        return requirements;
    }

    ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        about.forEach(root.putObject("about")::put);
        ArrayNode measurements = root.putArray("measurements");
        for (GrowthSample sample : samples) {
            Measurement its = sample.measurement();
            ObjectNode node = measurements
                    .addObject()
                    .put("axis", sample.step().axis().label())
                    .put("number", sample.step().number())
                    .put("round", sample.round())
                    .put("seconds", its.seconds())
                    .put("processorSeconds", its.processorSeconds())
                    .put("events", its.events())
                    .put("deltas", sample.deltas());
            sample.shares().forEach(node.putArray("shares")::add);
            sample.processorShares().forEach(node.putArray("processorShares")::add);
        }
        HeldTo.write(requirements(), root.putArray("requirements"));
        return root;
    }

    /** Where events come at a rate, one costs many times as much as in a backlog: beside those bars no other could be read. */
    private String costs() {
        boolean steadyAlone = byStep().keySet().stream().allMatch(Axis::holdsMessages);
        return BarChart.draw(
                "What an event costs as one thing grows",
                "processor µs an event: median, and least to greatest",
                bars(axis -> steadyAlone || !axis.holdsMessages(), GrowthReport::micros));
    }

    private String messages() {
        return BarChart.draw(
                "Messages to the second stage as one thing grows",
                "a second: median, and least to greatest",
                bars(Axis::holdsMessages, its -> spread(its, GrowthSample::deltasPerSecond)));
    }

    private List<BarChart.Group> bars(Predicate<Axis> shown, Function<List<GrowthSample>, Spread> figure) {
        List<BarChart.Group> groups = new ArrayList<>();
        byStep().forEach((axis, steps) -> {
            if (shown.test(axis)) {
                List<BarChart.Bar> bars = new ArrayList<>();
                steps.forEach((step, its) -> bars.add(
                        new BarChart.Bar(String.format(Locale.ROOT, "%,d", step.number()), figure.apply(its), true)));
                groups.add(new BarChart.Group(axis.unit(), bars));
            }
        });
        return groups;
    }
}
