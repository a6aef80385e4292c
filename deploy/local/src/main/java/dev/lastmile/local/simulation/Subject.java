package dev.lastmile.local.simulation;

import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.local.CannotRun;
import dev.lastmile.local.replay.LabelledRows;
import dev.lastmile.local.replay.LabelledRows.Extent;
import dev.lastmile.local.simulation.traffic.ErrorFamily;
import dev.lastmile.local.simulation.traffic.ObservedErrors;
import dev.lastmile.local.simulation.traffic.Population;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import dev.lastmile.stats.ScoreHistogram;
import dev.lastmile.topology.DeploymentPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deployment that is simulated.
 *
 * @param about what it is and where that comes from, a line each
 * @param traffic while nothing is wrong
 * @param settings of its detectors
 * @param baselineLabels labelled inferences of its baseline
 * @param bucket length of a bucket of event time
 * @param arrival a value that comes with the change; absent where none does
 * @param recorded what own files hold of it; absent without files
 */
record Subject(
        List<String> about,
        Traffic traffic,
        DetectionSettings settings,
        long baselineLabels,
        Duration bucket,
        @Nullable Arrival arrival,
        @Nullable Extent recorded) {

    private static final long USUAL_BASELINE = 50_000;
    private static final Duration USUAL_BUCKET = Duration.ofHours(1);

    Subject {
        about = List.copyOf(about);
    }

    /**
     * The deployment that stands for none in particular: 60 slices.
     *
     * @param mean its mean score; 0 for the usual one
     * @param announced a value that comes with the change; absent for none
     */
    static Subject usual(ErrorFamily errors, double mean, Arrival.@Nullable Announced announced) {
        Subject subject = new Subject(
                List.of("No policy given: ten accents, four noises, six devices, and the accents within each noise."),
                madeUp(Population.usualSlicing(), Population.usual(), errors, mean),
                DetectionSettings.DEFAULT,
                USUAL_BASELINE,
                USUAL_BUCKET,
                null,
                null);
        return subject.awaiting(announced, Population.usualSlicing(), Population.usual(), errors, mean);
    }

    /** A deployment with the slices and settings of a policy, whose shares are told. */
    static Subject of(
            DeploymentPolicy policy,
            Population population,
            ErrorFamily errors,
            double mean,
            Arrival.@Nullable Announced announced) {
        Subject subject = of(policy, madeUp(policy.slicing(), population, errors, mean), List.of(), null);
        return subject.awaiting(announced, policy.slicing(), population, errors, mean);
    }

    private static Traffic madeUp(Slicing slicing, Population population, ErrorFamily errors, double mean) {
        SliceSpace space = new SliceSpace(slicing, population.cells());
        return new Traffic(space, population.shares(), errors.around(population.means(mean)));
    }

    /** This deployment with slices for what is to come. */
    private Subject awaiting(
            Arrival.@Nullable Announced announced,
            Slicing slicing,
            Population population,
            ErrorFamily errors,
            double mean) {
        if (announced == null) {
            return this;
        }
        Traffic before = madeUp(slicing, announced.before(population), errors, mean);
        int slice = before.space()
                .numberOf(Slice.of(announced.dimension(), announced.value()))
                .orElseThrow();
        Arrival arrival =
                new Arrival(slice, before.shared(announced.after(population).shares()));
        return new Subject(about, before, settings, baselineLabels, bucket, arrival, recorded);
    }

    /**
     * A deployment whose own labelled rows are drawn with replacement.
     *
     * @throws CannotRun when there are too few
     */
    static Subject resampled(LabelledRows rows) throws CannotRun {
        List<List<String>> cells = new ArrayList<>();
        List<ScoreHistogram> scores = new ArrayList<>();
        long scored = 0;
        for (Map.Entry<List<String>, ScoreHistogram> entry : rows.scores().entrySet()) {
            cells.add(entry.getKey());
            scores.add(entry.getValue());
            scored += entry.getValue().count();
        }
        if (scored < 100) {
            throw new CannotRun("there must be 100 labelled rows or more to draw from: " + scored);
        }
        double[] shares = scores.stream().mapToDouble(ScoreHistogram::count).toArray();
        Traffic traffic =
                new Traffic(new SliceSpace(rows.policy().slicing(), cells), shares, new ObservedErrors(scores));
        String source = String.format(
                Locale.ROOT,
                "Scores and shares: %,d labelled rows, drawn with replacement (%,d rows could not be used).",
                scored,
                rows.unusedRows());
        return of(rows.policy(), traffic, List.of(source), rows.extent());
    }

    private static Subject of(DeploymentPolicy policy, Traffic traffic, List<String> more, @Nullable Extent recorded) {
        List<String> about = new ArrayList<>();
        about.add("Policy of " + policy.customer() + "/" + policy.deployment() + ".");
        about.addAll(more);
        long baseline = USUAL_BASELINE;
        if (policy.baseline() instanceof BaselinePlan.FirstLabelled first) {
            baseline = first.labelled();
        } else {
            about.add(String.format(
                    Locale.ROOT,
                    "The policy does not say how many labelled inferences its baseline has: %,d are taken.",
                    USUAL_BASELINE));
        }
        return new Subject(about, traffic, policy.detection(), baseline, policy.bucket(), null, recorded);
    }

    /** This deployment with other settings. */
    Subject with(DetectionSettings other) {
        return new Subject(about, traffic, other, baselineLabels, bucket, arrival, recorded);
    }

    /** This deployment with another baseline. */
    Subject withBaseline(long labels) {
        return new Subject(about, traffic, settings, labels, bucket, arrival, recorded);
    }

    /** This deployment with a line more about it. */
    Subject saying(List<String> lines) {
        List<String> longer = new ArrayList<>(about);
        longer.addAll(lines);
        return new Subject(longer, traffic, settings, baselineLabels, bucket, arrival, recorded);
    }
}
