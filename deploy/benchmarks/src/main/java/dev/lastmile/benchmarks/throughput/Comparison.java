package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.Requirement;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.report.Spread;
import dev.lastmile.benchmarks.throughput.contestant.flink.FlinkJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Processor time an event of a rival over Lastmile's: how many times cheaper Lastmile is. Taken within each round, since only
 * what ran side by side compares.
 *
 * @param pattern when ground truths came
 * @param rival its name, or what the rivals are of which the cheaper counts in each round that has all of them
 * @param ratio over the rounds
 * @param requirement what the median is held to; empty where nothing is claimed
 */
record Comparison(Pattern pattern, String rival, Spread ratio, Optional<Requirement> requirement) {

    private static final String LASTMILE = ContestantRun.LASTMILE.label();

    /** Whom Lastmile is compared with, and what the ratio must be and is to be, near and far; 0 where nothing is claimed. */
    private record Rival(String name, List<String> contestants, Bound near, Bound far) {}

    private record Bound(double must, double aim) {
        static final Bound NONE = new Bound(0, 0);
    }

    private static final List<Rival> RIVALS = List.of(
            rival(ContestantRun.LIMIT.label(), Bound.NONE, Bound.NONE),
            rival(ContestantRun.DECODING.label(), new Bound(0.40, 0.65), new Bound(0.25, 0.40)),
            rival(ContestantRun.DSL.label(), new Bound(5, 10), new Bound(3.5, 6)),
            new Rival(
                    "Flink, RocksDB, the better job",
                    List.of(FlinkJob.PLAIN.label(), FlinkJob.COMBINED.label()),
                    new Bound(2, 4),
                    new Bound(2, 4)),
            rival(FlinkJob.ON_HEAP.label(), Bound.NONE, Bound.NONE));

    private static Rival rival(String name, Bound near, Bound far) {
        return new Rival(name, List.of(name), near, far);
    }

    /** All for which there is a round with Lastmile and all contestants of the rival, in their order. */
    static List<Comparison> of(Pattern pattern, List<Sample> samples) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Rival rival : RIVALS) {
            List<Double> ratios = new ArrayList<>();
            TreeMap<Integer, List<Sample>> rounds = new TreeMap<>();
            samples.stream().filter(sample -> sample.pattern() == pattern).forEach(sample -> rounds.computeIfAbsent(
                            sample.round(), any -> new ArrayList<>())
                    .add(sample));
            for (List<Sample> round : rounds.values()) {
                OptionalDouble theirs = cheapest(round, rival.contestants());
                OptionalDouble ours = cheapest(round, List.of(LASTMILE));
                if (theirs.isPresent() && ours.isPresent()) {
                    ratios.add(theirs.getAsDouble() / ours.getAsDouble());
                }
            }
            if (!ratios.isEmpty()) {
                comparisons.add(of(pattern, rival, Spread.of(ratios)));
            }
        }
        return comparisons;
    }

    private static Comparison of(Pattern pattern, Rival rival, Spread ratio) {
        Bound bound =
                switch (pattern) {
                    case NEAR -> rival.near();
                    case FAR -> rival.far();
                };
        Optional<Requirement> requirement = bound.equals(Bound.NONE)
                ? Optional.empty()
                : Optional.of(new Requirement(
                        pattern.label() + ": " + rival.name(),
                        OptionalDouble.of(ratio.median()),
                        bound.must(),
                        bound.aim(),
                        true,
                        "processor time an event, theirs over Lastmile's, median of the rounds"));
        return new Comparison(pattern, rival.name(), ratio, requirement);
    }

    /** Empty where one of them did not run: which is the cheapest is not known then. */
    private static OptionalDouble cheapest(List<Sample> round, List<String> contestants) {
        List<Sample> theirs = round.stream()
                .filter(sample -> contestants.contains(sample.contestant()))
                .toList();
        return theirs.size() < contestants.size()
                ? OptionalDouble.empty()
                : theirs.stream()
                        .mapToDouble(sample -> sample.measurement().microsPerEvent())
                        .min();
    }
}
