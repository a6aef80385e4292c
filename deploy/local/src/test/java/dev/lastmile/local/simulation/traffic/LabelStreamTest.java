package dev.lastmile.local.simulation.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.slice.Slice;
import dev.lastmile.stats.ScoreHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LabelStreamTest {

    private static final Population POPULATION = Population.usual();
    private static final SliceSpace SPACE = new SliceSpace(Population.usualSlicing(), POPULATION.cells());
    private static final int ACCENT = SPACE.numberOf(Slice.of("accent", "a8")).orElseThrow();

    private static Traffic usual(ErrorFamily family) {
        return new Traffic(SPACE, POPULATION.shares(), family.around(POPULATION.means(0)));
    }

    private static LabelStream stream(Course course, Pace pace, long seed) {
        return new LabelStream(course, pace, new SessionTables(), 1, seed);
    }

    @Test
    void theSameSeedGivesTheSameLabels() {
        Course course = Course.steady(usual(ErrorFamily.WORDS));
        LabelStream one = stream(course, Pace.USUAL, 7);
        LabelStream two = stream(course, Pace.USUAL, 7);

        for (int i = 0; i < 20; i++) {
            Batch first = one.next();
            Batch second = two.next();
            assertThat(first.size()).isEqualTo(110).isEqualTo(second.size());
            for (int label = 0; label < first.size(); label++) {
                assertThat(first.cell(label)).isEqualTo(second.cell(label));
                assertThat(first.bin(label)).isEqualTo(second.bin(label));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorFamily.class)
    void scoresOfASessionHaveTheCorrelationAskedForAndTheMeanStays(ErrorFamily family) {
        Traffic traffic = usual(family);
        LabelStream stream = stream(Course.steady(traffic), Pace.USUAL.with(new Sessions(5, 0.2)), 3);
        Map<Integer, List<Double>> sessions = new HashMap<>();
        ScoreHistogram all = new ScoreHistogram();
        for (int i = 0; i < 4_000; i++) {
            Batch batch = stream.next();
            for (int label = 0; label < batch.size(); label++) {
                // The deviation from its cell's mean: correlation within a cell is what is asked for.
                double mean = traffic.scoresOfCell(batch.cell(label)).mean();
                sessions.computeIfAbsent(batch.session(label), any -> new ArrayList<>())
                        .add(ScoreHistogram.valueOf(batch.bin(label)) - mean);
                all.add(batch.bin(label), 1);
            }
        }

        double products = 0;
        double squares = 0;
        long pairs = 0;
        long scores = 0;
        for (List<Double> session : sessions.values()) {
            for (int i = 0; i < session.size(); i++) {
                squares += session.get(i) * session.get(i);
                scores++;
                for (int j = 0; j < i; j++) {
                    products += session.get(i) * session.get(j);
                    pairs++;
                }
            }
        }
        assertThat(sessions.values()).filteredOn(session -> session.size() == 5).hasSizeGreaterThan(80_000);
        assertThat(products / pairs / (squares / scores)).isCloseTo(0.2, within(0.015));
        assertThat(all.mean()).isCloseTo(traffic.scores(SliceSpace.OVERALL).mean(), within(0.003));
    }

    @Test
    void allInferencesOfASessionAreInTheSameSlices() {
        LabelStream stream =
                stream(Course.steady(usual(ErrorFamily.ANSWERS)), Pace.USUAL.with(new Sessions(5, 0.2)), 3);
        Map<Integer, Integer> cellOf = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            Batch batch = stream.next();
            for (int label = 0; label < batch.size(); label++) {
                Integer before = cellOf.put(batch.session(label), batch.cell(label));
                assertThat(before).isIn(null, batch.cell(label));
            }
        }
    }

    @Test
    void labelsThatWaitTrickleInOverSeveralBatchesAndNoneIsLost() {
        LabelDelays delays = new LabelDelays(1_000, Map.of(SPACE.slice(ACCENT), 0.0));
        LabelStream stream = stream(Course.steady(usual(ErrorFamily.WORDS)), Pace.USUAL.with(delays), 5);
        long others = 0;
        double waited = 0;
        long arrived = 0;
        for (int i = 0; i < 400; i++) {
            Batch batch = stream.next();
            arrived += batch.size();
            for (int label = 0; label < batch.size(); label++) {
                double behind = (i + 0.5) * 110 / 1_000 - (batch.bucket(label) + 0.5);
                if (SPACE.contains(ACCENT, batch.cell(label))) {
                    assertThat(behind).as("buckets behind").isBetween(-0.7, 0.7);
                } else {
                    others++;
                    waited += behind;
                }
            }
        }

        assertThat(waited / others).as("buckets behind").isCloseTo(1, within(0.1));
        assertThat(arrived).as("but for those that wait still").isBetween(400 * 110 - 2_000L, 400 * 110 - 500L);
    }

    @Test
    void aPhaseBeginsWithTheInferenceThatItBeginsWith() {
        Traffic before = usual(ErrorFamily.ANSWERS);
        LabelStream stream =
                stream(Course.steady(before).then(1_000, before.raised(SliceSpace.OVERALL, 0.4)), Pace.USUAL, 1);
        long ofFirst = 0;
        for (int i = 0; i < 20; i++) {
            Batch batch = stream.next();
            for (int label = 0; label < batch.size(); label++) {
                ofFirst += batch.phase(label) == 0 ? 1 : 0;
            }
        }

        assertThat(ofFirst).isEqualTo(1_000);
    }
}
