package dev.lastmile.local.simulation.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.local.simulation.traffic.ScoreTable;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.slice.Slicing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statistics of a slice with 400 of 1,000 scores, against hand computations. */
final class RuleTest {

    private static final SliceSpace SPACE =
            new SliceSpace(new Slicing(List.of("a"), List.of()), List.of(List.of("x"), List.of("y")));
    private static final int X = 1;

    private final ScoreTable before = table(40, 60);
    private final ScoreTable now = table(100, 60);

    /** 0/1 scores: so many of 400 wrong in x, so many of 600 in y. */
    private static ScoreTable table(int wrongOfX, int wrongOfY) {
        ScoreTable table = new ScoreTable(SPACE);
        for (int i = 0; i < 400; i++) {
            table.add(0, i < wrongOfX ? 20 : 0);
        }
        for (int i = 0; i < 600; i++) {
            table.add(1, i < wrongOfY ? 20 : 0);
        }
        return table;
    }

    @Test
    void zIsTheDifferenceInDifferencesOverItsStandardError() {
        // .25 − .1 − (.1 − .1) = .15, over √(.1875/400 + .09/600 + .09/400 + .09/600)
        assertThat(Statistic.Z.start(1).of(X, now, before)).isCloseTo(0.15 / Math.sqrt(0.00099375), within(1e-9));
    }

    @Test
    void theRatioIsOneOfRatios() {
        assertThat(Statistic.RATIO.start(1).of(X, now, before)).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void theBootstrapIntervalEndsAboutTwoStandardErrorsBelowTheEstimate() {
        double lower = Statistic.BOOTSTRAP.start(1).of(X, now, before);

        assertThat(lower).isCloseTo(0.15 - 1.96 * Math.sqrt(0.1875 / 400 + 0.09 / 600), within(0.008));
    }
}
