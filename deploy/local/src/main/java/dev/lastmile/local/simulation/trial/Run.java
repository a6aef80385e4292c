package dev.lastmile.local.simulation.trial;

import dev.lastmile.local.simulation.method.Watcher;
import dev.lastmile.local.simulation.traffic.Batch;
import dev.lastmile.local.simulation.traffic.Course;
import dev.lastmile.local.simulation.traffic.LabelStream;
import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.SessionTables;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One run of a trial: a baseline, a quiet time, and then the scenario, seen by all methods at once. */
final class Run {

    /** The quiet time is long enough for running statistics to settle, */
    private static final int QUIET = 2_000;

    /** and ends anywhere within the longest window, so that no window happens to begin with the change. */
    private static final int ANYWHERE = 10_000;

    private final Trial trial;
    private final Scenario scenario;
    private final LabelStream stream;
    private final SliceSpace space;
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Referee> referees = new ArrayList<>();

    /** Labels that arrived, by the stage in which they occurred; stage 0 is the quiet time. */
    private final long[] arrived;

    private final long[] arrivedOfSlice;

    /** The first labelled inference after the change, in order of occurrence. */
    private final long change;

    private int stage;

    /**
     * @param seed of everything that is drawn
     */
    Run(Trial trial, SessionTables tables, long baselineLabels, long seed) {
        this.trial = trial;
        scenario = trial.scenario();
        space = scenario.before().space();
        SplittableRandom seeds = new SplittableRandom(seed);
        LearnedBaseline baseline =
                LearnedBaseline.draw(scenario.before(), scenario.pace(), tables, baselineLabels, seeds.nextLong());
        Course course = Course.steady(scenario.before());
        change = (long) QUIET + seeds.nextInt(ANYWHERE);
        long from = change;
        for (Scenario.Stage next : scenario.stages()) {
            course = course.then(from, next.traffic());
            from += next.labels();
        }
        stream = new LabelStream(course, scenario.pace(), tables, LearnedBaseline.SESSIONS_AFTER, seeds.nextLong());
        long methodSeed = seeds.nextLong();
        for (int method = 0; method < trial.methods().size(); method++) {
            watchers.add(trial.methods().get(method).watch(space, baseline, methodSeed));
            referees.add(new Referee(scenario));
        }
        arrived = new long[scenario.stages().size() + 1];
        arrivedOfSlice = new long[arrived.length];
    }

    List<Outcome> play() {
        int last = scenario.stages().size();
        long enough = scenario.stages().get(last - 1).labels();
        while (arrived[last] < enough && !referees.stream().allMatch(Referee::isDone)) {
            Batch batch = stream.next();
            count(batch);
            Referee.Standing standing =
                    new Referee.Standing(stage, arrived[stage], arrivedOfSlice[stage], stream.occurred() - change);
            for (int method = 0; method < watchers.size(); method++) {
                Referee referee = referees.get(method);
                if (!referee.isDone()) {
                    referee.hear(watchers.get(method).observe(batch), standing);
                }
            }
        }
        long watched = 0;
        for (int past = 1; past < arrived.length; past++) {
            watched += arrived[past];
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Referee referee : referees) {
            outcomes.add(referee.outcome(watched));
        }
        return outcomes;
    }

    private void count(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            int phase = batch.phase(i);
            arrived[phase]++;
            if (space.contains(scenario.slice(), batch.cell(i))) {
                arrivedOfSlice[phase]++;
            }
            if (phase > stage) {
                stage = phase;
                if (stage == trial.scenario().stages().size()) {
                    referees.forEach(Referee::beginLastStage);
                }
            }
        }
    }
}
