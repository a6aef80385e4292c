package dev.lastmile.local.simulation.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import dev.lastmile.stats.ScoreHistogram;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrafficTest {

    private static final Population POPULATION = Population.usual();
    private static final SliceSpace SPACE = new SliceSpace(Population.usualSlicing(), POPULATION.cells());

    private static Traffic usual(ErrorFamily family) {
        return new Traffic(SPACE, POPULATION.shares(), family.around(POPULATION.means(0)));
    }

    @Test
    void theUsualDeploymentHasSixtySlicesOfAQuarterPercentToAHalf() {
        Traffic traffic = usual(ErrorFamily.WORDS);

        List<Double> shares = IntStream.range(1, SPACE.size())
                .mapToObj(traffic::share)
                .sorted()
                .toList();

        assertThat(shares).hasSize(60);
        assertThat(shares.get(0)).isCloseTo(0.0028, within(0.0001));
        assertThat(shares.get(59)).isCloseTo(0.5, within(1e-9));
        assertThat(Arrays.stream(POPULATION.means(0)).min()).hasValueCloseTo(0.08, within(1e-9));
        assertThat(Arrays.stream(POPULATION.means(0)).max()).hasValueCloseTo(0.26, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "WORDS, 'accent=a8', .05",
        "WORDS, 'noise=n3,accent=a7', .1",
        "ANSWERS, 'device=d2', .03",
        "HEAVY, 'accent=a1', .1",
        "WORDS, overall, .2"
    })
    void aPlantedEffectMovesTheMeanOfItsSliceByThatAndNoOtherCell(ErrorFamily family, String name, double points) {
        Traffic before = usual(family);
        int slice = SPACE.numberOf(Slice.parse(name)).orElseThrow();

        Traffic after = before.raised(slice, points);

        assertThat(after.scores(slice).mean() - before.scores(slice).mean()).isCloseTo(points, within(1e-6));
        for (int cell = 0; cell < SPACE.cells(); cell++) {
            if (!SPACE.contains(slice, cell)) {
                assertThat(after.scoresOfCell(cell)).isSameAs(before.scoresOfCell(cell));
            }
        }
    }

    @Test
    void anEffectPlantedIntoObservedRowsMovesTheirMeanByThatAndOnlyUpward() {
        ScoreHistogram few = new ScoreHistogram().add(0, 80).add(4, 15).add(20, 5);
        ScoreHistogram other = new ScoreHistogram().add(0, 50).add(2, 30).add(10, 20);
        ObservedErrors errors = new ObservedErrors(List.of(few, other));

        ScoreDistribution before = errors.at(0, 0);
        ScoreDistribution after = errors.at(0, 0.1);

        assertThat(before.mean()).isCloseTo(few.mean(), within(1e-12));
        assertThat(after.mean() - before.mean()).isCloseTo(0.1, within(1e-12));
        double was = 0;
        double is = 0;
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            was += before.probability(bin);
            is += after.probability(bin);
            assertThat(is).isLessThanOrEqualTo(was + 1e-12);
        }
    }

    @Test
    void moreThanRowsCanBearIsRefused() {
        ObservedErrors errors =
                new ObservedErrors(List.of(new ScoreHistogram().add(0, 90).add(2, 10)));

        assertThatThrownBy(() -> errors.at(0, 0.5))
                .isInstanceOf(UnreachableMean.class)
                .hasMessageContaining("50.0 points");
    }

    @Test
    void aNewConditionTakesItsShareEvenlyFromTheOthersAndHasTheSameCellsBefore() {
        Population before = POPULATION.awaiting("noise", "imaging");
        Population after = POPULATION.joinedBy("noise", "imaging", 0.2);
        SliceSpace space = new SliceSpace(Population.usualSlicing(), before.cells());
        Traffic was = new Traffic(space, before.shares(), ErrorFamily.WORDS.around(before.means(0)));
        Traffic is = was.shared(after.shares());
        int imaging = space.numberOf(Slice.of("noise", "imaging")).orElseThrow();
        int quiet = space.numberOf(Slice.of("noise", "n1")).orElseThrow();

        assertThat(is.scores(imaging).mean())
                .as("no better or worse than the others")
                .isCloseTo(was.scores(SliceSpace.OVERALL).mean(), within(1e-6));
        assertThat(after.cells()).isEqualTo(before.cells());
        assertThat(was.share(imaging)).isZero();
        assertThat(is.share(imaging)).isCloseTo(0.2, within(1e-12));
        assertThat(is.share(quiet)).isCloseTo(0.8 * was.share(quiet), within(1e-12));
    }

    @Test
    void tooManyCombinationsAreRefused() {
        assertThatThrownBy(() -> new Population(Map.of(
                        "a", Population.zipf("a", 500),
                        "b", Population.zipf("b", 500))))
                .hasMessageContaining("50000");
    }

    @Test
    void aSlicesRestIsThatOfItsParent() {
        SliceSpace space = new SliceSpace(
                new Slicing(List.of("noise", "accent"), List.of(List.of("noise", "accent"))),
                List.of(List.of("loud", "us"), List.of("loud", "uk"), List.of("quiet", "us")));
        ScoreTable table = new ScoreTable(space);
        table.add(0, 20);
        table.add(1, 10);
        table.add(2, 0);
        int loudUs = space.numberOf(Slice.parse("noise=loud,accent=us")).orElseThrow();

        assertThat(table.mean(loudUs)).isEqualTo(1);
        assertThat(table.restCount(loudUs)).isEqualTo(1);
        assertThat(table.restMean(loudUs)).isEqualTo(0.5);
    }
}
