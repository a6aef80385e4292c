package dev.lastmile.local.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.local.simulation.traffic.ErrorFamily;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.Population;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.local.simulation.trial.Delay;
import dev.lastmile.local.simulation.trial.Figure;
import dev.lastmile.local.simulation.trial.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DelayPictureTest {

    private static final Population POPULATION = Population.usual();
    private static final SliceSpace SPACE = new SliceSpace(Population.usualSlicing(), POPULATION.cells());
    private static final Traffic TRAFFIC =
            new Traffic(SPACE, POPULATION.shares(), ErrorFamily.WORDS.around(POPULATION.means(0)));
    private static final Pattern POINT = Pattern.compile(
            "<path class=\"point\" transform=\"translate\\(\\S+ (\\S+)\\)\" d=\"([^\"]+)\" fill=\"([^\"]+)\"");

    private static Figure.Detections figure(String method, double effect, long median) {
        Scenario scenario = Scenario.sliceWorse("worse " + effect, Pace.USUAL, TRAFFIC, 1, effect, 10_000);
        Delay delay = Delay.over(Collections.nCopies(20, OptionalLong.of(median)));
        return new Figure.Detections(scenario, method, delay, delay, delay, delay, delay, 20, 20, 0);
    }

    private static List<MatchResult> points(List<Figure> figures) {
        return POINT.matcher(DelayPicture.draw(figures)).results().toList();
    }

    @Test
    void fourteenMethodsHaveFourteenColours() {
        List<Figure> figures = new ArrayList<>();
        for (int method = 0; method < 14; method++) {
            figures.add(figure("method " + method, 0.05, 100 + method));
        }

        Set<String> colours = new LinkedHashSet<>();
        points(figures).forEach(point -> colours.add(point.group(3)));

        assertThat(colours).hasSize(14);
    }

    @Test
    void aShortDelayStandsWhereItIsAndNotAtTheEndOfTheAxis() {
        List<Figure> figures = List.of(figure("always", 0.05, 2), figure("hasty", 0.05, 4), figure("slow", 0.05, 900));

        List<String> heights =
                points(figures).stream().limit(3).map(point -> point.group(1)).toList();

        assertThat(heights).doesNotHaveDuplicates();
        assertThat(DelayPicture.draw(figures)).doesNotContain("have no point");
    }

    @Test
    void aMedianOfZeroHasNoPointAndANote() {
        List<Figure> figures = List.of(figure("always", 0.05, 0), figure("slow", 0.05, 900));

        assertThat(DelayPicture.draw(figures)).contains("medians of 0 have no point: always<");
        assertThat(points(figures)).as("one in the panel, two in the legend").hasSize(3);
    }
}
