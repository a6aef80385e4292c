package dev.lastmile.benchmarks.rivals;

import dev.lastmile.local.simulation.method.Call;
import dev.lastmile.local.simulation.method.Tunable;
import dev.lastmile.local.simulation.method.Watcher;
import dev.lastmile.local.simulation.traffic.Batch;
import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.stats.ScoreHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One drift detector of MOA a slice, each fed with its slice's scores, those of the baseline first. They know of no rest: a
 * change that all share is called out slice by slice.
 *
 * @param label the name in tables
 * @param kind the name with the knob elsewhere
 * @param threshold the knob
 * @param range where the knob may be
 * @param detectors makes one with its knob there
 */
public record DriftDetection(
        String label, String kind, double threshold, Range range, DoubleFunction<Detector> detectors)
        implements Tunable {

    /** All three at MOA's own settings. */
    public static List<Tunable> all() {
        return List.of(
                new DriftDetection(
                        "ADWIN .002",
                        "ADWIN",
                        -Math.log10(0.002),
                        new Range(0, 6),
                        knob -> Detector.adwin(Math.pow(10, -knob))),
                new DriftDetection("Page-Hinkley 50", "Page-Hinkley", 50, new Range(1, 101), Detector::pageHinkley),
                new DriftDetection("DDM 3", "DDM", 3, new Range(1, 5), Detector::ddm));
    }

    @Override
    public DriftDetection with(String newLabel, double newThreshold) {
        return new DriftDetection(newLabel, kind, newThreshold, range, detectors);
    }

    @Override
    public Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed) {
        Detector[] its = new Detector[space.size()];
        for (int slice = 1; slice < its.length; slice++) {
            its[slice] = detectors.apply(threshold);
        }
        for (Batch batch : baseline.batches()) {
            observe(space, its, batch);
        }
        return batch -> observe(space, its, batch);
    }

    private static List<Call> observe(SliceSpace space, Detector[] detectors, Batch batch) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            double score = ScoreHistogram.valueOf(batch.bin(i));
            for (int slice : space.slicesOf(batch.cell(i))) {
                if (slice != SliceSpace.OVERALL && detectors[slice].input(score)) {
                    calls.add(new Call(slice, Call.Kind.DISPARATE));
                }
            }
        }
        return calls;
    }
}
