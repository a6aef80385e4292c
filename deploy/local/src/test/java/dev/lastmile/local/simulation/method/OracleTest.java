package dev.lastmile.local.simulation.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.local.simulation.traffic.Course;
import dev.lastmile.local.simulation.traffic.ErrorFamily;
import dev.lastmile.local.simulation.traffic.LabelStream;
import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.SessionTables;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.slice.Slicing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OracleTest {

    @Test
    void aScoreSaysTheLogarithmOfTheRatioOfItsProbabilities() {
        double[] logRatios = Oracle.logRatios(ErrorFamily.ANSWERS.withMean(0.1), ErrorFamily.ANSWERS.withMean(0.25));

        assertThat(logRatios[0]).isCloseTo(Math.log(0.75 / 0.9), within(1e-9));
        assertThat(logRatios[20]).isCloseTo(Math.log(2.5), within(1e-9));
        assertThat(logRatios[7]).as("never seen, before or after").isZero();
    }

    @Test
    void itCallsOutWhereTheSumOfWhatScoresSayExceedsTheThresholdAndThenStartsAnew() {
        SliceSpace space = new SliceSpace(new Slicing(List.of("a"), List.of()), List.of(List.of("x")));
        Traffic traffic = new Traffic(space, new double[] {1}, ErrorFamily.ANSWERS.around(new double[] {0.2}));
        Traffic allWrong = traffic.raised(1, 0.8);
        Pace oneAtATime = new Pace(1, 1, Pace.USUAL.delays(), Pace.USUAL.sessions());
        LearnedBaseline baseline = LearnedBaseline.draw(traffic, oneAtATime, new SessionTables(), 1, 1);
        // Each wrong answer says log(.4/.2) = .693: the fifth brings 3.47.
        Watcher watcher = Oracle.knowing(traffic, 0.2).with("", 3.0).watch(space, baseline, 1);
        LabelStream wrong = new LabelStream(Course.steady(allWrong), oneAtATime, new SessionTables(), 1, 1);

        List<Integer> calls = new ArrayList<>();
        for (int label = 1; label <= 12; label++) {
            if (!watcher.observe(wrong.next()).isEmpty()) {
                calls.add(label);
            }
        }

        assertThat(calls).containsExactly(5, 10);
    }
}
