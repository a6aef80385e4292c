package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.simulation.method.Choice;
import dev.lastmile.local.simulation.method.Dummy;
import dev.lastmile.local.simulation.method.Lastmile;
import dev.lastmile.local.simulation.method.Method;
import dev.lastmile.local.simulation.method.Rivals;
import dev.lastmile.local.simulation.report.Wording;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.local.simulation.traffic.UnreachableMean;
import dev.lastmile.local.simulation.trial.Contestants;
import dev.lastmile.local.simulation.trial.Figure;
import dev.lastmile.local.simulation.trial.Result;
import dev.lastmile.local.simulation.trial.Runner;
import dev.lastmile.local.simulation.trial.Scenario;
import dev.lastmile.local.simulation.trial.Trial;
import dev.lastmile.local.simulation.trial.Tuning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All scenarios of one {@code simulate}: nothing wrong, everything worse, and each slice worse by each effect.
 *
 * @param slices that get worse, by number; one without traffic until the arrival gets worse with it
 * @param effects by how much, in score units
 * @param tuned whether rivals take part a second time, tuned
 * @param runs of each scenario
 * @param labels of each run, at most
 */
record Experiment(
        Subject subject,
        Pace pace,
        List<Integer> slices,
        List<Double> effects,
        List<Choice> methods,
        boolean tuned,
        int runs,
        long labels,
        Runner runner) {

    /** The promise: at most one false alarm in so many labelled inferences, per 100,000. */
    private static final double PROMISED = 1;

    /** Is told how far things are. */
    interface Progress {
        void at(double share, String what);
    }

    List<Figure> run(Progress progress) throws CannotRun, InterruptedException {
        Traffic traffic = subject.traffic();
        try {
            List<Double> oracles = methods.contains(Choice.ORACLE) ? effects : List.of();
            Contestants contestants = Contestants.tuned(
                    deployed(traffic.space()),
                    tuned,
                    oracles,
                    new Tuning(runner, runs, labels, PROMISED),
                    traffic,
                    pace,
                    share -> progress.at(share, "tuning the rivals"));
            List<Figure> figures = new ArrayList<>();
            for (Result result : runner.run(trials(contestants), share -> progress.at(share, "simulating"))) {
                figures.addAll(Figure.of(result));
            }
            return figures;
        } catch (UnreachableMean e) {
            throw new CannotRun("--effect: " + e.getMessage(), e);
        }
    }

    private List<Trial> trials(Contestants contestants) {
        Traffic traffic = subject.traffic();
        double middle = effects.get(effects.size() / 2);
        double most = Collections.max(effects);
        List<Trial> trials = new ArrayList<>();
        trials.add(new Trial(
                Scenario.nothingWrong("nothing wrong", pace, traffic, labels), contestants.knowing(middle), runs));
        trials.add(new Trial(
                Scenario.everythingWorse("everything " + Wording.points(most), pace, traffic, most, labels),
                contestants.methods(),
                runs));
        for (int slice : slices) {
            if (traffic.share(slice) == 0) {
                continue;
            }
            for (double effect : effects) {
                String name = traffic.space().slice(slice).plain() + " " + Wording.points(effect);
                trials.add(new Trial(
                        Scenario.sliceWorse(name, pace, traffic, slice, effect, labels),
                        contestants.knowing(effect),
                        runs));
            }
        }
        addArrival(contestants, trials);
        return trials;
    }

    /**
     * A new value as good as the others; as bad as each effect; and with a slice in it, such as one accent, that is alone as
     * bad. Nobody knows what their scores were before.
     */
    private void addArrival(Contestants contestants, List<Trial> trials) {
        Arrival arrival = subject.arrival();
        if (arrival == null) {
            return;
        }
        Traffic before = subject.traffic();
        String name = before.space().slice(arrival.slice()).plain() + " comes";
        trials.add(new Trial(
                Scenario.sliceComes(name, pace, before, arrival.after(), labels), contestants.methods(), runs));
        Set<Integer> coming = new LinkedHashSet<>();
        coming.add(arrival.slice());
        slices.stream().filter(slice -> before.share(slice) == 0).forEach(coming::add);
        for (int slice : coming) {
            for (double effect : effects) {
                trials.add(new Trial(
                        Scenario.sliceComesWorse(
                                before.space().slice(slice).plain() + " comes " + Wording.points(effect),
                                pace,
                                before,
                                arrival.after(),
                                slice,
                                effect,
                                labels),
                        contestants.methods(),
                        runs));
            }
        }
    }

    /** The chosen methods but for the oracle, which is made for each effect. */
    private List<Method> deployed(SliceSpace space) {
        int slices = space.size() - 1;
        List<Method> deployed = new ArrayList<>();
        for (Choice choice : methods) {
            switch (choice) {
                case LASTMILE -> deployed.add(new Lastmile("lastmile", subject.settings()));
                case Z_TEST -> deployed.add(Rivals.zTest());
                case Z_TEST_SHARED -> deployed.add(Rivals.zTestShared(slices));
                case Z_TEST_EACH_BATCH -> deployed.add(Rivals.zTestEachBatch(slices));
                case RATIO -> deployed.add(Rivals.ratio());
                case BOOTSTRAP -> deployed.add(Rivals.bootstrap());
                case ORACLE -> {}
                case ALWAYS -> deployed.add(Dummy.ALWAYS);
                case NEVER -> deployed.add(Dummy.NEVER);
            }
        }
        return deployed;
    }
}
