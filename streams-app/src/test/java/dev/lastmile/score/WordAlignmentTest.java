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
        WordErrors errors = align(split(reference), split(output));

        assertThat(errors).isEqualTo(new WordErrors(s, d, i, split(reference).size()));
        assertThat(errors.edits()).isEqualTo(s + d + i);
    }

    @Test
    void ofEquallyShortAlignmentsTheOneWithMostSubstitutionsCounts() {
        // "a b" to "b a" also takes one deletion and one insertion.
        assertThat(align(split("a b"), split("b a"))).isEqualTo(new WordErrors(2, 0, 0, 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalsTheBestOfAllAlignmentsOfShortTexts(long seed) {
        Random random = new Random(seed);
        List<String> reference = text(random, 5);
        List<String> output = text(random, 5);

        WordErrors errors = align(reference, output);

        assertThat(errors).as("%s -> %s", reference, output).isEqualTo(bestOfAll(reference, output));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exchangingTheTextsExchangesDeletionsAndInsertions(long seed) {
        Random random = new Random(seed);
        List<String> one = text(random, 30);
        List<String> other = text(random, 30);

        WordErrors there = align(one, other);
        WordErrors back = align(other, one);

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

        WordErrors errors = align(reference, output);

        assertThat(reference.size() - errors.deletions() + errors.insertions()).isEqualTo(output.size());
    }

    @Test
    void theLongestTextsAllowedDoNotOverflow() {
        List<String> reference = Collections.nCopies(WordAlignment.MAX_WORDS, "a");
        List<String> output = Collections.nCopies(WordAlignment.MAX_WORDS, "b");

        assertThat(align(reference, output))
                .isEqualTo(new WordErrors(WordAlignment.MAX_WORDS, 0, 0, WordAlignment.MAX_WORDS));
        assertThat(align(reference, List.of()))
                .isEqualTo(new WordErrors(0, WordAlignment.MAX_WORDS, 0, WordAlignment.MAX_WORDS));
        assertThat(align(List.of(), output)).isEqualTo(new WordErrors(0, 0, WordAlignment.MAX_WORDS, 0));
    }

    @Test
    void mostGapsThatAFewestEditsAlignmentCanHaveAreCountedExactly() {
        // All of "a" goes, the shared middle stays, as much of "b" comes: gaps on both sides, no substitution.
        List<String> shared = IntStream.range(0, 1_001).mapToObj(i -> "w" + i).toList();
        List<String> reference = new ArrayList<>(Collections.nCopies(999, "a"));
        reference.addAll(shared);
        List<String> output = new ArrayList<>(shared);
        output.addAll(Collections.nCopies(999, "b"));

        assertThat(align(reference, output)).isEqualTo(new WordErrors(0, 999, 999, 2_000));
    }

    @Test
    void aLongerTextIsRefusedOnEitherSide() {
        List<String> tooLong = Collections.nCopies(WordAlignment.MAX_WORDS + 1, "a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> align(tooLong, List.of()))
                .withMessage("reference must have at most 2000 words: 2001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> align(List.of(), tooLong))
                .withMessage("output must have at most 2000 words: 2001");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalsThePlainProgramOnTextsOfEveryKind(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            List<String> reference = text(random, 40, 1 + random.nextInt(30));
            List<String> output = random.nextBoolean() ? heard(reference, random) : text(random, 40, 5);

            assertThat(align(reference, output))
                    .as("%s -> %s", reference, output)
                    .isEqualTo(plain(reference, output));
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void equalsThePlainProgramOnLongTexts(long seed) {
        Random random = new Random(seed);
        List<String> reference = text(random, WordAlignment.MAX_WORDS / 2, 1 + random.nextInt(500));
        List<String> output = random.nextInt(4) == 0 ? text(random, 1_000, 300) : heard(reference, random);

        assertThat(align(reference, output)).isEqualTo(plain(reference, output));
    }

    @Test
    void wordsThatLookAlikeToAHashDiffer() {
        // The same hash by the rule of String, as two of eight characters or fewer and as two longer ones.
        assertThat(align(List.of("aa", "bb"), List.of("aa", "bc"))).isEqualTo(new WordErrors(1, 0, 0, 2));
        String one = "longer-word-Aa".replace("-", "");
        String other = "longer-word-BB".replace("-", "");
        assertThat(one).hasSameHashCodeAs(other);
        assertThat(align(List.of(one), List.of(other))).isEqualTo(new WordErrors(1, 0, 0, 1));
        assertThat(align(List.of("\u00e9Aa"), List.of("\u00e9BB"))).isEqualTo(new WordErrors(1, 0, 0, 1));
    }

    @Test
    void aKeptNulIsPartOfAWord() {
        Normalisation keepsNul = new Normalisation(Normalisation.Form.NONE, false, "\0");

        assertThat(WordAlignment.align(keepsNul.scan("\0a"), keepsNul.scan("a")))
                .isEqualTo(new WordErrors(1, 0, 0, 1));
    }

    static IntStream fewSeeds() {
        return IntStream.range(0, 40);
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private static WordErrors align(List<String> reference, List<String> output) {
        return WordAlignment.align(words(reference), words(output));
    }

    private static Words words(List<String> words) {
        return new Normalisation(Normalisation.Form.NONE, false, "").scan(String.join(" ", words));
    }

    private static int edits(List<String> reference, List<String> output) {
        return align(reference, output).edits();
    }

    /** Few different words, so that matches and ties are common. */
    private static List<String> text(Random random, int maxWords) {
        return text(random, maxWords, 1 + random.nextInt(4));
    }

    private static List<String> text(Random random, int maxWords, int vocabulary) {
        int words = random.nextInt(maxWords + 1);
        List<String> text = new ArrayList<>(words);
        for (int i = 0; i < words; i++) {
            text.add(word(random.nextInt(vocabulary)));
        }
        return text;
    }

    /** Short, long, and beyond ASCII. */
    private static String word(int number) {
        return switch (number % 5) {
            case 0 -> "\u00e9" + number;
            case 1 -> "unimaginable" + number;
            default -> "w" + number;
        };
    }

    /** What a recogniser might make of it, good or bad. */
    private static List<String> heard(List<String> reference, Random random) {
        double errors = random.nextDouble() * random.nextDouble();
        List<String> output = new ArrayList<>();
        for (String word : reference) {
            int kind = random.nextDouble() < errors ? random.nextInt(3) : 3;
            if (kind != 0) {
                output.add(kind == 1 ? word(random.nextInt(50)) : word);
            }
            if (kind == 2) {
                output.add(word(random.nextInt(50)));
            }
        }
        return output;
    }

    /** All cells of the table, edits first and gaps second, in two tables of their own. */
    private static WordErrors plain(List<String> reference, List<String> output) {
        int n = reference.size();
        int m = output.size();
        int[][] edits = new int[n + 1][m + 1];
        int[][] gaps = new int[n + 1][m + 1];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    gaps[i][j] = i + j;
                    continue;
                }
                edits[i][j] = edits[i - 1][j - 1] + (reference.get(i - 1).equals(output.get(j - 1)) ? 0 : 1);
                gaps[i][j] = gaps[i - 1][j - 1];
                for (int[] from : new int[][] {{i - 1, j}, {i, j - 1}}) {
                    int e = edits[from[0]][from[1]] + 1;
                    int g = gaps[from[0]][from[1]] + 1;
                    if (e < edits[i][j] || (e == edits[i][j] && g < gaps[i][j])) {
                        edits[i][j] = e;
                        gaps[i][j] = g;
                    }
                }
            }
        }
        int lacking = n - m;
        return new WordErrors(edits[n][m] - gaps[n][m], (gaps[n][m] + lacking) / 2, (gaps[n][m] - lacking) / 2, n);
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
