package dev.lastmile.detection;

import dev.lastmile.stats.ScoreHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether the label coverage of one slice of one model version falls by more than that of its rest: the bets of
 * {@link Verdict#DISPARATE_DEGRADATION}, with "its label is missing" for a score. Mutable.
 */
final class CoverageDetector implements Watches {

    private static final byte FORMAT = 1;

    /** How fast m_c follows the rest. */
    private static final double FOLLOWING = 0.1;

    private final Watch watch;
    private final Reference reference;
    private double movingRestMean;

    private CoverageDetector(Watch watch, Reference reference, double movingRestMean) {
        this.watch = watch;
        this.reference = reference;
        this.movingRestMean = movingRestMean;
    }

    /**
     * Starts to watch.
     *
     * @param reference the slice's own part of a baseline of missing labels
     * @return empty where the reference is not the slice's own, or has no rest: coverage is compared with what it was
     */
    static Optional<CoverageDetector> start(DetectionSettings settings, Reference reference, double granted) {
        Reference.Group rest = reference.rest();
        return rest == null || !reference.own()
                ? Optional.empty()
                : Optional.of(new CoverageDetector(
                        new Watch(comparison(settings, reference), granted), reference, rest.mean()));
    }

    private static Comparison comparison(DetectionSettings settings, Reference reference) {
        return new Comparison(Verdict.LABEL_COVERAGE, settings, reference);
    }

    /** Bets on what became of a bucket's inferences, of the slice and of its rest; none of either changes nothing. */
    Optional<Finding> observe(ScoreHistogram missingOfSlice, ScoreHistogram missingOfRest, Look look) {
        if (missingOfSlice.count() == 0 || missingOfRest.count() == 0) {
            return Optional.empty();
        }
        double[] lambdas = EvidenceProcess.lambdas(reference.slice()::varianceAfter, reference.trafficRatio());
        Optional<Finding> finding = watch.observe(movingRestMean, lambdas, missingOfSlice, missingOfRest, look);
        movingRestMean = (1 - FOLLOWING) * movingRestMean + FOLLOWING * missingOfRest.mean();
        return finding;
    }

    @Override
    public @Nullable Watch watch(Verdict verdict) {
        return verdict == Verdict.LABEL_COVERAGE ? watch : null;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeDouble(movingRestMean);
        watch.writeTo(out);
    }

    static CoverageDetector readFrom(DataInput in, DetectionSettings settings, Reference reference) throws IOException {
        StateFormat.require("coverage detector", FORMAT, in);
        double movingRestMean = in.readDouble();
        return new CoverageDetector(Watch.readFrom(in, comparison(settings, reference)), reference, movingRestMean);
    }
}
