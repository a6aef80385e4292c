package dev.lastmile.app;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A baseline that comes as a file: what a provider promises, or measured elsewhere.
 *
 * <pre>
 * version: spring-2026                                              # optional; without it, the version follows from the content
 * from: "2026-03-01T00:00:00Z"                                      # optional, with to: the period it was measured in
 * to: "2026-04-01T00:00:00Z"
 * slices:
 *   - {slice: {}, labelled: 50000, mean: 0.1275}                    # overall, required
 *   - {slice: {accent: scottish}, labelled: 2194, mean: 0.1564, variance: 0.0515}
 * </pre>
 *
 * <p>{@code mean} and {@code variance} are of the score in [0,1]. A variance that is not given is taken as mean(1−mean),
 * the largest a score with that mean can have: less power, never more false alarms. {@code scored} says how many of the labelled
 * inferences have a score, by default all. {@code received}, {@code errors} and
 * {@code trials} are only shown; they default to {@code labelled} and to counts in the ratio of {@code mean}. {@code designEffect},
 * by default 1, says by how much the means vary more than those of independent inferences, as sessions make them.
 */
final class ServiceCard {

    /** So that errors and trials stay far from the end of a long. */
    private static final long MOST_LABELLED = 1_000_000_000_000L;

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Metric metric;
    private final Slicing slicing;

    ServiceCard(Metric metric, Slicing slicing) {
        this.metric = metric;
        this.slicing = slicing;
    }

    /** The baseline a card holds. */
    Baseline read(Path file) {
        String source = TextFile.nameOf(file);
        return read(Section.root(source, YamlTree.parse(source, TextFile.read(file)), Map.of()));
    }

    /** The baseline a card holds that stands in something else. */
    Baseline read(Section card) {
        Section root = card.only("version", "from", "to", "slices", "designEffect");
        Map<Slice, SliceBaseline> slices = new TreeMap<>();
        for (Section entry : root.sections("slices")) {
            Slice slice = slice(entry);
            if (slices.put(slice, part(entry)) != null) {
                throw entry.problem("slice", "must be given once: " + slice);
            }
        }
        if (!slices.containsKey(Slice.OVERALL)) {
            throw root.problem("slices", "must hold the whole deployment: {slice: {}, labelled: …, mean: …}");
        }
        double designEffect = root.number("designEffect", 1);
        if (!(designEffect >= 1)) {
            throw root.problem("designEffect", "must be >= 1: " + designEffect);
        }
        boolean hasPeriod = root.has("from") || root.has("to");
        long fromMs = hasPeriod ? root.instantMs("from") : 0;
        long toExclusiveMs = hasPeriod ? root.instantMs("to") : 0;
        if (hasPeriod && toExclusiveMs <= fromMs) {
            throw root.problem("to", "must be after from: " + root.text("to"));
        }
        Baseline content = Baseline.of(Baseline.Source.FILE, fromMs, toExclusiveMs, 0, designEffect, slices);
        return root.has("version") ? content.named(root.parsed("version", ServiceCard::version)) : content;
    }

    private static String version(String text) {
        if (!VERSION.matcher(text).matches()) {
            throw new IllegalArgumentException("must match " + VERSION + ": " + text);
        }
        return text;
    }

    /** The slice as this deployment names it: the order of an intersection's dimensions is that of its declaration. */
    private Slice slice(Section entry) {
        entry.only("slice", "received", "labelled", "scored", "errors", "trials", "mean", "variance");
        if (!entry.has("slice")) {
            throw entry.problem("slice", "is missing; {} is the whole deployment");
        }
        Map<String, String> values = entry.section("slice").scalars();
        List<Slice.Term> terms = new ArrayList<>();
        for (String dimension : declared(entry, List.copyOf(values.keySet()))) {
            String value = values.getOrDefault(dimension, "");
            if (value.length() > Slicing.MAX_VALUE_LENGTH) {
                throw entry.problem("slice", "values must be at most " + Slicing.MAX_VALUE_LENGTH + " characters");
            }
            terms.add(entry.section("slice").built(() -> new Slice.Term(dimension, value)));
        }
        return new Slice(terms);
    }

    /** As it is written where that is an order that was declared, for the other order may be as well. */
    private List<String> declared(Section entry, List<String> dimensions) {
        List<List<String>> known = new ArrayList<>(slicing.intersections());
        slicing.dimensions().forEach(dimension -> known.add(List.of(dimension)));
        known.add(List.of());
        if (known.contains(dimensions)) {
            return dimensions;
        }
        return known.stream()
                .filter(names -> new HashSet<>(names).equals(new HashSet<>(dimensions)))
                .findFirst()
                .orElseThrow(() -> entry.problem(
                        "slice", "must be of declared dimensions, or of a declared intersection: " + dimensions));
    }

    private SliceBaseline part(Section entry) {
        long labelled = entry.whole("labelled");
        double mean = entry.number("mean");
        double variance = entry.number("variance", Math.max(0, mean * (1 - mean)));
        if (labelled > MOST_LABELLED) {
            throw entry.problem("labelled", "must be at most " + MOST_LABELLED + ": " + labelled);
        }
        long received = entry.whole("received", labelled);
        long scored = entry.whole("scored", labelled);
        long trials = entry.whole("trials", Math.max(0, labelled) * metric.unitsPerTrial());
        long errors = entry.whole("errors", Math.round(trials * mean));
        return entry.built(
                () -> new SliceBaseline(received, labelled, scored, errors, trials, mean, variance),
                "received",
                "labelled",
                "scored",
                "errors",
                "trials",
                "mean",
                "variance");
    }
}
