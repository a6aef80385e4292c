package dev.lastmile.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class WordAlignmentTest {

    /** Worked by hand: reference, output, substitutions, deletions, insertions. */
    @ParameterizedTest
    @CsvSource({
        "the cat sat,            the cat sat,          0, 0, 0",
        "the cat sat,            the bat sat,          1, 0, 0",
        "the cat sat,            the sat,              0, 1, 0",
        "the cat sat,            the fat cat sat,      0, 0, 1",
        "the cat sat,            '',                   0, 3, 0",
        "'',                     the cat,              0, 0, 2",
        "'',                     '',                   0, 0, 0",
        "a,                      b c d,                1, 0, 2",
        "a b c d,                x,                    1, 3, 0",
        "we saw her duck,        we her duck quickly,  0, 1, 1",
        "one two three four,     two three four five,  0, 1, 1",
        "to be or not to be,     to bee or to be eh,   1, 1, 1",
    })
    void handWorkedCasesGiveTheirKindsOfEdit(String reference, String output, int s, int d, int i) {
        WordErrors errors = WordAlignment.align(split(reference), split(output));

        assertThat(errors).isEqualTo(new WordErrors(s, d, i, split(reference).size()));
        assertThat(errors.edits()).isEqualTo(s + d + i);
    }

    @Test
    void ofEquallyShortAlignmentsTheOneWithMostSubstitutionsCounts() {
        // "a b" to "b a" also takes one deletion and one insertion.
        assertThat(WordAlignment.align(split("a b"), split("b a"))).isEqualTo(new WordErrors(2, 0, 0, 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalsTheBestOfAllAlignmentsOfShortTexts(long seed) {
        Random random = new Random(seed);
        List<String> reference = text(random, 5);
        List<String> output = text(random, 5);

        WordErrors errors = WordAlignment.align(reference, output);

        assertThat(errors).as("%s -> %s", reference, output).isEqualTo(bestOfAll(reference, output));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exchangingTheTextsExchangesDeletionsAndInsertions(long seed) {
        Random random = new Random(seed);
        List<String> one = text(random, 30);
        List<String> other = text(random, 30);

        WordErrors there = WordAlignment.align(one, other);
        WordErrors back = WordAlignment.align(other, one);

        assertThat(back)
                .isEqualTo(new WordErrors(there.substitutions(), there.insertions(), there.deletions(), other.size()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void editsAreADistanceBoundedByTheLongerText(long seed) {
        Random random = new Random(seed);
        List<String> a = text(random, 30);
        List<String> b = text(random, 30);
        List<String> c = text(random, 30);

        int ab = edits(a, b);

        assertThat(edits(a, a)).isZero();
        assertThat(ab == 0).isEqualTo(a.equals(b));
        assertThat(ab).isBetween(Math.abs(a.size() - b.size()), Math.max(a.size(), b.size()));
        assertThat(edits(a, c)).isLessThanOrEqualTo(ab + edits(b, c));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void kindsAccountForEveryWordOfBothTexts(long seed) {
        Random random = new Random(seed);
        List<String> reference = text(random, 30);
        List<String> output = text(random, 30);

        WordErrors errors = WordAlignment.align(reference, output);

        assertThat(reference.size() - errors.deletions() + errors.insertions()).isEqualTo(output.size());
    }

    @Test
    void theLongestTextsAllowedDoNotOverflow() {
        List<String> reference = Collections.nCopies(WordAlignment.MAX_WORDS, "a");
        List<String> output = Collections.nCopies(WordAlignment.MAX_WORDS, "b");

        assertThat(WordAlignment.align(reference, output))
                .isEqualTo(new WordErrors(WordAlignment.MAX_WORDS, 0, 0, WordAlignment.MAX_WORDS));
        assertThat(WordAlignment.align(reference, List.of()))
                .isEqualTo(new WordErrors(0, WordAlignment.MAX_WORDS, 0, WordAlignment.MAX_WORDS));
        assertThat(WordAlignment.align(List.of(), output)).isEqualTo(new WordErrors(0, 0, WordAlignment.MAX_WORDS, 0));
    }

    @Test
    void mostGapsThatAFewestEditsAlignmentCanHaveAreCountedExactly() {
        // All of "a" goes, the shared middle stays, as much of "b" comes: gaps on both sides, no substitution.
        List<String> shared = IntStream.range(0, 1_001).mapToObj(i -> "w" + i).toList();
        List<String> reference = new ArrayList<>(Collections.nCopies(999, "a"));
        reference.addAll(shared);
        List<String> output = new ArrayList<>(shared);
        output.addAll(Collections.nCopies(999, "b"));

        assertThat(WordAlignment.align(reference, output)).isEqualTo(new WordErrors(0, 999, 999, 2_000));
    }

    @Test
    void aLongerTextIsRefusedOnEitherSide() {
        List<String> tooLong = Collections.nCopies(WordAlignment.MAX_WORDS + 1, "a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> WordAlignment.align(tooLong, List.of()))
                .withMessage("reference must have at most 2000 words: 2001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WordAlignment.align(List.of(), tooLong))
                .withMessage("output must have at most 2000 words: 2001");
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private static int edits(List<String> reference, List<String> output) {
        return WordAlignment.align(reference, output).edits();
    }

    /** Few different words, so that matches and ties are common. */
    private static List<String> text(Random random, int maxWords) {
        int words = random.nextInt(maxWords + 1);
        int vocabulary = 1 + random.nextInt(4);
        List<String> text = new ArrayList<>(words);
        for (int i = 0; i < words; i++) {
            text.add(String.valueOf((char) ('a' + random.nextInt(vocabulary))));
        }
        return text;
    }

    /** Walks every alignment there is and keeps the one with the fewest edits, then the most substitutions. */
    private static WordErrors bestOfAll(List<String> reference, List<String> output) {
        List<WordErrors> all = new ArrayList<>();
        walk(reference, output, 0, 0, new int[3], all);
        return all.stream()
                .min((a, b) -> a.edits() != b.edits()
                        ? Integer.compare(a.edits(), b.edits())
                        : Integer.compare(b.substitutions(), a.substitutions()))
                .orElseThrow();
    }

    private static void walk(List<String> ref, List<String> out, int i, int j, int[] kinds, List<WordErrors> all) {
        if (i == ref.size() && j == out.size()) {
            all.add(new WordErrors(kinds[0], kinds[1], kinds[2], ref.size()));
        }
        if (i < ref.size() && j < out.size()) {
            int edit = ref.get(i).equals(out.get(j)) ? 0 : 1;
            kinds[0] += edit;
            walk(ref, out, i + 1, j + 1, kinds, all);
            kinds[0] -= edit;
        }
        if (i < ref.size()) {
            kinds[1]++;
            walk(ref, out, i + 1, j, kinds, all);
            kinds[1]--;
        }
        if (j < out.size()) {
            kinds[2]++;
            walk(ref, out, i, j + 1, kinds, all);
            kinds[2]--;
        }
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
