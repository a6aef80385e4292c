package dev.lastmile.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import dev.lastmile.topology.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SlicesTest {

    static Stream<Slices> all() {
        return Stream.of(Slices.USUAL, Slices.FIVE_OF_EIGHT, Slices.FIFTY_OF_EIGHT);
    }

    @Test
    void thereAreFiveOrFiftyOfAnEventAndTheEventsAreTheSame() {
        assertThat(all().map(Slices::perEvent)).containsExactly(5, 5, 50);
        assertThat(Slices.FIFTY_OF_EIGHT.attributes()).isEqualTo(Slices.FIVE_OF_EIGHT.attributes());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theyAreThoseThatTheMonitorMakes(Slices slices) {
        Slicing slicing = new Slicing(slices.dimensions(), slices.declaredIntersections());
        List<Integer> values =
                IntStream.range(0, slices.attributes().size()).mapToObj(i -> 1).toList();
        Map<String, String> attributes = new HashMap<>();
        slices.attributes().forEach(its -> attributes.put(its.name(), its.value(1)));

        assertThat(slices.of(new Answer("i", 0, values, false, false, 0)))
                .containsExactlyInAnyOrderElementsOf(slicing.slicesOf(slicing.valuesOf(attributes)).stream()
                        .map(Slice::plain)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void noneFallsUnderALimit(Slices slices) {
        assertThat(slices.perDeployment()).isLessThan(Limits.DEFAULT.liveSlices());
    }

    @Test
    void intersectionWithoutWhatItBeginsWithIsRefused() {
        List<Dimension> attributes = Slices.USUAL.attributes();

        assertThatIllegalArgumentException().isThrownBy(() -> new Slices(attributes, 4, Set.of(List.of(0, 1, 2))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slices(attributes, 2, Set.of(List.of(0, 2))));
    }
}
