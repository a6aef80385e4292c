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
import java.util.Set;
import java.util.TreeMap;

/**
 * A baseline that comes as a file: what a provider promises, or measured elsewhere.
 *
 * <pre>
 * slices:
 *   - {slice: {}, labelled: 50000, mean: 0.1275}                    # overall, required
 *   - {slice: {accent: scottish}, labelled: 2194, mean: 0.1564, variance: 0.0515}
 * </pre>
 *
 * <p>{@code mean} and {@code variance} are of the score in [0,1]. A variance that is not given is taken as mean(1−mean),
 * the largest a score with that mean can have: less power, never more false alarms. {@code received}, {@code errors} and
 * {@code trials} are only shown; they default to {@code labelled} and to counts in the ratio of {@code mean}. {@code designEffect},
 * by default 1, says by how much the means vary more than those of independent inferences, as sessions make them.
 */
final class ServiceCard {

    /** So that errors and trials stay far from the end of a long. */
    private static final long MOST_LABELLED = 1_000_000_000_000L;

    private final Metric metric;
    private final Slicing slicing;

    ServiceCard(Metric metric, Slicing slicing) {
        this.metric = metric;
        this.slicing = slicing;
    }

    /** The baseline a card holds; its version follows from its content. */
    Baseline read(Path file) {
        String source = TextFile.nameOf(file);
        Section root = Section.root(source, YamlTree.parse(source, TextFile.read(file)), Map.of())
                .only("slices", "designEffect");
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
        return Baseline.of(Baseline.Source.FILE, 0, 0, 0, designEffect, slices);
    }

    /** The slice as this deployment names it: the order of an intersection's dimensions is that of its declaration. */
    private Slice slice(Section entry) {
        entry.only("slice", "received", "labelled", "errors", "trials", "mean", "variance");
        if (!entry.has("slice")) {
            throw entry.problem("slice", "is missing; {} is the whole deployment");
        }
        Map<String, String> values = entry.section("slice").scalars();
        List<Slice.Term> terms = new ArrayList<>();
        for (String dimension : declared(entry, values.keySet())) {
            String value = values.getOrDefault(dimension, "");
            terms.add(entry.section("slice").built(() -> new Slice.Term(dimension, value)));
        }
        return new Slice(terms);
    }

    private List<String> declared(Section entry, Set<String> dimensions) {
        List<List<String>> known = new ArrayList<>(slicing.intersections());
        slicing.dimensions().forEach(dimension -> known.add(List.of(dimension)));
        known.add(List.of());
        return known.stream()
                .filter(names -> new HashSet<>(names).equals(dimensions))
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
        long trials = entry.whole("trials", Math.max(0, labelled) * metric.unitsPerTrial());
        long errors = entry.whole("errors", Math.round(trials * mean));
        return entry.built(
                () -> new SliceBaseline(received, labelled, errors, trials, mean, variance),
                "received",
                "labelled",
                "errors",
                "trials",
                "mean",
                "variance");
    }
}
