package dev.lastmile.local.simulation.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.local.simulation.method.Dummy;
import dev.lastmile.local.simulation.method.Lastmile;
import dev.lastmile.local.simulation.method.Method;
import dev.lastmile.local.simulation.method.Oracle;
import dev.lastmile.local.simulation.method.Rivals;
import dev.lastmile.local.simulation.method.Tunable;
import dev.lastmile.local.simulation.traffic.ErrorFamily;
import dev.lastmile.local.simulation.traffic.LabelDelays;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.Population;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunnerTest {

    private static final Population POPULATION = Population.usual();
    private static final SliceSpace SPACE = new SliceSpace(Population.usualSlicing(), POPULATION.cells());
    private static final Traffic TRAFFIC =
            new Traffic(SPACE, POPULATION.shares(), ErrorFamily.WORDS.around(POPULATION.means(0)));
    private static final int ACCENT = SPACE.numberOf(Slice.of("accent", "a4")).orElseThrow();
    private static final List<Method> METHODS = List.of(
            new Lastmile("lastmile", DetectionSettings.DEFAULT),
            Rivals.zTest(),
            Rivals.bootstrap(),
            Dummy.ALWAYS,
            Dummy.NEVER);

    private static List<Result> run(Runner runner, Scenario... scenarios) throws InterruptedException {
        List<Trial> trials = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            trials.add(new Trial(scenario, METHODS, 3));
        }
        return runner.run(trials, share -> {});
    }

    private static final Scenario NOTHING = Scenario.nothingWrong("nothing", Pace.USUAL, TRAFFIC, 15_000);
    private static final Scenario WORSE = Scenario.sliceWorse("worse", Pace.USUAL, TRAFFIC, ACCENT, 0.15, 15_000);

    @Test
    void resultsDependNeitherOnTheNumberOfThreadsNorOnWhatElseIsRun() throws Exception {
        List<Result> alone = run(new Runner(1, 20_000, 5), WORSE);
        List<Result> together = run(new Runner(3, 20_000, 5), NOTHING, WORSE);
        List<Result> otherSeed = run(new Runner(1, 20_000, 6), WORSE);

        assertThat(together.get(1).runs()).isEqualTo(alone.get(0).runs());
        assertThat(otherSeed.get(0).runs()).isNotEqualTo(alone.get(0).runs());
    }

    @Test
    void neverNeverCallsAndAlwaysAlwaysDoes() throws Exception {
        List<Result> results = run(new Runner(2, 20_000, 1), NOTHING, WORSE);

        assertThat(AlarmRate.of(results.get(0).of(4, Outcome.Alarms.class)).alarms())
                .isZero();
        assertThat(results.get(1).of(4, Outcome.Detection.class))
                .allMatch(run -> run.sliceLabels().isEmpty() && run.firstNamed().isEmpty());
        long batches = 3 * 15_000 / 110;
        assertThat(AlarmRate.of(results.get(0).of(3, Outcome.Alarms.class)).alarms())
                .isBetween(60 * batches, 60 * (batches + 6));
        assertThat(results.get(1).of(3, Outcome.Detection.class))
                .allMatch(run -> run.labels().orElseThrow() <= 110);
    }

    @Test
    void lastmileNamesASliceThatGotMuchWorse() throws Exception {
        List<Result> results = run(new Runner(2, 20_000, 1), WORSE);

        assertThat(results.get(0).of(0, Outcome.Detection.class))
                .allMatch(run -> run.sliceLabels().isPresent())
                .allMatch(run ->
                        run.pageSliceLabels().orElseThrow() <= run.sliceLabels().orElseThrow());
    }

    @Test
    void theClockSinceTheChangeRunsWhileLabelsAreOnTheirWay() throws Exception {
        Pace late = Pace.USUAL.with(new LabelDelays(20_000, Map.of()));
        Scenario delayed = Scenario.sliceWorse("delayed", late, TRAFFIC, ACCENT, 0.15, 15_000);

        List<Result> results = run(new Runner(2, 20_000, 1), WORSE, delayed);

        assertThat(results.get(0).of(3, Outcome.Detection.class))
                .allMatch(run -> run.sinceChange().equals(run.labels()));
        assertThat(results.get(1).of(0, Outcome.Detection.class))
                .allMatch(run ->
                        run.sinceChange().orElseThrow() > 3 * run.labels().orElseThrow());
    }

    @Test
    void whatWasTunedKeepsThePromiseOnFreshSeeds() throws Exception {
        Runner runner = new Runner(2, 20_000, 1);
        Tuning tuning = new Tuning(runner, 6, 50_000, 5);
        List<Tunable> untuned =
                List.of(Rivals.zTest(), Rivals.zTestEachBatch(60), Rivals.ratio(), Oracle.knowing(TRAFFIC, 0.05));
        List<Tunable> tuned = tuning.tune(untuned, TRAFFIC, Pace.USUAL, share -> {});

        Scenario fresh = Scenario.nothingWrong("fresh", Pace.USUAL, TRAFFIC, 50_000);
        Result result = runner.run(List.of(new Trial(fresh, List.copyOf(tuned), 6)), share -> {})
                .get(0);

        for (int method = 0; method < tuned.size(); method++) {
            AlarmRate rate = AlarmRate.of(result.of(method, Outcome.Alarms.class));
            assertThat(rate.interval().lower()).as(tuned.get(method).label()).isLessThan(5);
            assertThat(rate.rate()).as(tuned.get(method).label()).isBetween(0.3, 12.0);
        }
    }

    @Test
    void whatIsOverIsHeardOnlyWhereSomethingWasCalledOut() throws Exception {
        Scenario recovers = Scenario.sliceRecovers("recovers", Pace.USUAL, TRAFFIC, ACCENT, 0.2, 6_000, 0, 20_000);

        List<Outcome.Recovery> lastmile =
                run(new Runner(2, 20_000, 1), recovers).get(0).of(0, Outcome.Recovery.class);

        assertThat(lastmile).allMatch(Outcome.Recovery::wasCalled).allMatch(run -> run.sliceLabels()
                .isPresent());
        assertThat(run(new Runner(2, 20_000, 1), recovers).get(0).of(4, Outcome.Recovery.class))
                .noneMatch(Outcome.Recovery::wasCalled);
    }
}
