package dev.lastmile.benchmarks;

import dev.lastmile.benchmarks.rivals.DriftDetection;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.local.simulation.SliceChoice;
import dev.lastmile.local.simulation.method.Dummy;
import dev.lastmile.local.simulation.method.Lastmile;
import dev.lastmile.local.simulation.method.Method;
import dev.lastmile.local.simulation.method.Rivals;
import dev.lastmile.local.simulation.traffic.ErrorFamily;
import dev.lastmile.local.simulation.traffic.LabelDelays;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.Population;
import dev.lastmile.local.simulation.traffic.Sessions;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.local.simulation.trial.Contestants;
import dev.lastmile.local.simulation.trial.Scenario;
import dev.lastmile.local.simulation.trial.Trial;
import dev.lastmile.local.simulation.trial.Tuning;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** The usual deployment with one family of errors, and all that is tried with it. */
final class Family {

    /** Effects of the table, in score units. */
    static final List<Double> EFFECTS = List.of(0.03, 0.05, 0.10);

    static final double SMALL_SLICE_EFFECT = 0.10;
    static final String LASTMILE = "lastmile";

    private static final long LABELS = 100_000;

    /** An effect of three points in 4 % of the traffic takes this long at times, and any in less than 1 % of it. */
    private static final long LABELS_OF_SMALL_EFFECTS = 200_000;

    /** Until the slowest labels from before the change have come: four times the longest mean delay. */
    private static final long LABELS_WHILE_LATE = 24_000;

    private static final double WORSE = 0.10;

    /** An alert stays as long as half of the effect is there, or the clearing effect where that is more. */
    private static final double STILL = Math.max(DetectionSettings.DEFAULT.clearEffect(), WORSE / 2);

    private static final long LABELS_WORSE = 15_000;
    private static final long LABELS_AFTER = 60_000;

    private final ErrorFamily errors;
    private final Traffic traffic;
    private final int runs;
    private final int slice;
    private final int smallSlice;
    private final int intersection;

    Family(ErrorFamily errors, int runs) {
        this.errors = errors;
        this.runs = runs;
        Population population = Population.usual();
        SliceSpace space = new SliceSpace(Population.usualSlicing(), population.cells());
        traffic = new Traffic(space, population.shares(), errors.around(population.means(0)));
        List<Integer> usual = SliceChoice.usual(traffic).numbers();
        slice = usual.get(0);
        smallSlice = usual.get(1);
        intersection =
                space.numberOf(Slice.of("noise", "n1").and("accent", "a4")).orElseThrow();
    }

    /** The name of a scenario in this family. */
    String named(String scenario) {
        return errors.optionName() + ": " + scenario;
    }

    /** The name of its errors. */
    String optionName() {
        return errors.optionName();
    }

    String sliceName() {
        return traffic.space().slice(slice).plain();
    }

    String smallSliceName() {
        return traffic.space().slice(smallSlice).plain();
    }

    String intersectionName() {
        return traffic.space().slice(intersection).plain();
    }

    Contestants contestants(Tuning tuning, DoubleConsumer progress) throws InterruptedException {
        int slices = traffic.space().size() - 1;
        List<Method> methods = new ArrayList<>();
        methods.add(lastmile());
        methods.add(Rivals.zTest());
        methods.add(Rivals.zTestShared(slices));
        methods.add(Rivals.zTestEachBatch(slices));
        methods.add(Rivals.ratio());
        methods.add(Rivals.bootstrap());
        methods.addAll(DriftDetection.all());
        methods.add(Dummy.ALWAYS);
        methods.add(Dummy.NEVER);
        return Contestants.tuned(methods, true, EFFECTS, tuning, traffic, Pace.USUAL, progress);
    }

    private static Method lastmile() {
        return new Lastmile(LASTMILE, DetectionSettings.DEFAULT);
    }

    /** What is tried with every family. */
    List<Trial> common(Contestants contestants) {
        List<Trial> trials = new ArrayList<>();
        trials.add(new Trial(
                Scenario.nothingWrong(named("nothing wrong"), Pace.USUAL, traffic, LABELS),
                contestants.knowing(0.05),
                runs));
        trials.add(everything(contestants, "everything +5", Pace.USUAL, 0.05));
        trials.add(everything(contestants, "everything +20", Pace.USUAL, 0.20));
        for (double effect : EFFECTS) {
            trials.add(worse(contestants, slice, effect));
        }
        trials.add(worse(contestants, smallSlice, SMALL_SLICE_EFFECT));
        return trials;
    }

    /** Those that need no rival. */
    static Contestants withoutRivals(Contestants all) {
        return new Contestants(List.of(lastmile()), all.oracles());
    }

    /** What is tried with all rivals in one family only. */
    List<Trial> more(Contestants contestants) {
        List<Trial> trials = new ArrayList<>();
        trials.add(worse(contestants, intersection, 0.10));
        Pace sessions = Pace.USUAL.with(new Sessions(5, 0.2));
        trials.add(new Trial(
                Scenario.nothingWrong(named("sessions of 5, nothing wrong"), sessions, traffic, LABELS),
                contestants.methods(),
                runs));
        LabelDelays delays = new LabelDelays(
                2_000,
                Map.of(
                        traffic.space().slice(slice), 0.0,
                        Slice.of("accent", "a2"), 6_000.0));
        trials.add(new Trial(
                Scenario.everythingWorse(
                        named("late labels, everything +20"),
                        Pace.USUAL.with(delays),
                        traffic,
                        0.20,
                        LABELS_WHILE_LATE),
                contestants.methods(),
                runs));
        trials.add(recovery("recovery", 0));
        trials.add(recovery("still at the clearing level", STILL));
        return trials;
    }

    private Trial everything(Contestants contestants, String name, Pace pace, double points) {
        return new Trial(
                Scenario.everythingWorse(named(name), pace, traffic, points, LABELS), contestants.methods(), runs);
    }

    private Trial worse(Contestants contestants, int which, double effect) {
        String name = traffic.space().slice(which).plain() + " +" + Math.round(100 * effect);
        long labels = effect < 0.05 || traffic.share(which) < 0.01 ? LABELS_OF_SMALL_EFFECTS : LABELS;
        return new Trial(
                Scenario.sliceWorse(named(name), Pace.USUAL, traffic, which, effect, labels),
                contestants.knowing(effect),
                runs);
    }

    private Trial recovery(String name, double left) {
        return new Trial(
                Scenario.sliceRecovers(
                        named(name), Pace.USUAL, traffic, slice, WORSE, LABELS_WORSE, left, LABELS_AFTER),
                List.of(lastmile()),
                runs);
    }
}
