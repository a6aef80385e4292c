package dev.lastmile.benchmarks.loops;

import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.join.Origin;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Normalisation;
import dev.lastmile.score.Score;
import dev.lastmile.score.Scorer;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.TallyLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the attributes of an inference to its slices, and from its label to the sums of five of them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Counting {

    private static final int INFERENCES = 256;
    private static final List<String> DIMENSIONS = List.of("accent", "noise", "device", "site");
    private static final Slicing SLICING = new Slicing(DIMENSIONS, List.of());
    private static final Origin ORIGIN = new Origin(Ward.ID, 0, "v1", SLICING.fingerprint());

    /** Inferences in turn. */
    @State(Scope.Thread)
    public static class Inferences {

        private final List<Map<String, String>> attributes = new ArrayList<>();
        private final List<KnownInference> known = new ArrayList<>();
        private final TallyLoop tally = new TallyLoop(Ward.ID, policy());
        private int next;

        /** Makes them. */
        @Setup
        public void make() {
            SplittableRandom random = new SplittableRandom(1);
            Map<String, String> one = new HashMap<>();
            for (int i = 0; i < INFERENCES; i++) {
                Map<String, String> its = new HashMap<>();
                DIMENSIONS.forEach(dimension -> its.put(dimension, dimension + "-" + random.nextInt(8)));
                attributes.add(Map.copyOf(its));
                long occurredAtMs = i % 3 * Ward.BUCKET.toMillis();
                KnownInference inference = new KnownInference(
                        i,
                        ORIGIN,
                        SLICING.valuesOf(its, value -> one.computeIfAbsent(value, shown -> shown)),
                        occurredAtMs,
                        KnownInference.NO_SESSION,
                        null,
                        KnownInference.NONE,
                        null,
                        List.of());
                known.add(inference);
                Score score = Score.of(random.nextInt(8), 30);
                tally.prepare(new Change.Labelled(inference, score, 600_000));
            }
        }

        /** What was counted leaves now and then. */
        @Setup(Level.Iteration)
        public void commit() {
            tally.commit();
        }

        private static DeploymentPolicy policy() {
            DeploymentPolicy ward = Ward.policy(1_000);
            return new DeploymentPolicy(
                    ward.customer(),
                    ward.deployment(),
                    new Scorer(Metric.WORD_ERROR_RATE, Normalisation.DEFAULT, null, 1),
                    SLICING,
                    ward.bucket(),
                    ward.horizon(),
                    ward.corrections(),
                    ward.baseline(),
                    ward.detection(),
                    ward.limits());
        }

        int next() {
            next = (next + 1) % INFERENCES;
            return next;
        }
    }

    /** The values of four dimensions, made anew for every inference. */
    @Benchmark
    public List<String> values(Inferences its) {
        return SLICING.valuesOf(its.attributes.get(its.next()));
    }

    /** The slices of an inference, made of its attributes. */
    @Benchmark
    public List<Slice> slicesMade(Inferences its) {
        return SLICING.slicesOf(SLICING.valuesOf(its.attributes.get(its.next())));
    }

    /** The slices of an inference whose values were seen before. */
    @Benchmark
    public int[] slicesLookedUp(Inferences its) {
        return its.tally.slicesOf(its.known.get(its.next()));
    }

    /** One labelled inference is added to the sums of its five slices. */
    @Benchmark
    public int partialUpdate(Inferences its) {
        return its.tally.add();
    }
}
