package dev.lastmile.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicingTest {

    private static final Slicing SLICING = new Slicing(List.of("accent", "noise"), List.of(List.of("noise", "accent")));

    @Test
    void aMissingOrBlankValueIsUnknownAndAnUndeclaredOneIsNeverLookedAt() {
        assertThat(SLICING.valuesOf(Map.of("noise", "  ", "ward", "7"))).containsExactly(Slice.UNKNOWN, Slice.UNKNOWN);
    }

    @Test
    void aValueIsTakenWithoutTheSpacesAroundIt() {
        assertThat(SLICING.valuesOf(Map.of("accent", " north welsh ", "noise", "imaging")))
                .containsExactly("north welsh", "imaging");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000b",
                "a\u001Bb",
                "a\u202Eb",
                "a\u2066b",
                "a\u200Bb",
                "\uFEFFa",
                "a\u2028b",
                "a\u2029b",
                "a\uD800b",
                "a\uE000b",
                "__other__",
                "__invalid__",
                "__x",
                " __x"
            })
    void whatNoOutputMayShowIsInvalid(String value) {
        assertThat(SLICING.valuesOf(Map.of("accent", value)).get(0)).isEqualTo(Slice.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "scottish", "Gàidhlig", "普通话", "a b", "50%", "a,b", "a=b", "\"quoted\"", "<b>", "_x", "👩🏽"
            })
    void whatCanBeShownIsItself(String value) {
        assertThat(SLICING.valuesOf(Map.of("accent", value)).get(0)).isEqualTo(value);
    }

    @Test
    void aValueOfTheGreatestLengthIsItselfAndALongerOneInvalid() {
        String longest = "x".repeat(Slicing.MAX_VALUE_LENGTH);

        assertThat(SLICING.valuesOf(Map.of("accent", longest, "noise", longest + "x")))
                .containsExactly(longest, Slice.INVALID);
    }

    @Test
    void anInferenceIsInTheOverallSliceInOneADimensionAndInOneAnIntersection() {
        assertThat(SLICING.slicesOf(List.of("scottish", "imaging")))
                .containsExactly(
                        Slice.OVERALL,
                        Slice.of("accent", "scottish"),
                        Slice.of("noise", "imaging"),
                        Slice.of("noise", "imaging").and("accent", "scottish"));
    }

    @Test
    void anIntersectionBringsItsPrefixesSoThatEverySliceHasItsParent() {
        Slicing slicing =
                new Slicing(List.of("a", "b", "c", "d"), List.of(List.of("c", "a", "d", "b"), List.of("c", "a")));

        assertThat(slicing.intersections())
                .containsExactly(List.of("c", "a"), List.of("c", "a", "d"), List.of("c", "a", "d", "b"));
        List<Slice> slices = slicing.slicesOf(List.of("1", "2", "3", "4"));
        assertThat(slices).doesNotHaveDuplicates();
        assertThat(slices).filteredOn(slice -> !slice.isOverall()).allSatisfy(slice -> assertThat(slices)
                .contains(slice.parent()));
    }

    @Test
    void moreThanTheLimitsAndWhatMakesNoSenseIsRefused() {
        List<String> seventeen = new ArrayList<>();
        for (int i = 0; i <= Slicing.MAX_DIMENSIONS; i++) {
            seventeen.add("d" + i);
        }
        List<List<String>> many = Collections.nCopies(Slicing.MAX_INTERSECTIONS + 1, List.of("a", "b"));

        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(seventeen, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(List.of("a", "b"), many));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(List.of("a", "a"), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(List.of("a b"), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(List.of(""), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(List.of("a"), List.of(List.of("a"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(List.of("a"), List.of(List.of("a", "b"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slicing(List.of("a"), List.of(List.of("a", "a"))));
    }
}
