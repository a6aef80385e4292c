package dev.lastmile.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lastmile.score.Normalisation.Form;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Code points that an eye cannot tell apart are written as escapes. */
final class NormalisationTest {

    @Test
    void everythingButLettersDigitsAndApostrophesSeparatesWords() {
        assertThat(Normalisation.DEFAULT.words("  It's 9 a.m.,\tDr.\u00a0Who\u2014state-of-the-art!\n"))
                .containsExactly("it's", "9", "a", "m", "dr", "who", "state", "of", "the", "art");
    }

    @Test
    void textWithoutWordsHasNone() {
        assertThat(Normalisation.DEFAULT.words("")).isEmpty();
        assertThat(Normalisation.DEFAULT.words(" \u2026?! \u3000")).isEmpty();
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        assertThat(Normalisation.DEFAULT.words("Cafe\u0301 U\u0308ber"))
                .isEqualTo(Normalisation.DEFAULT.words("caf\u00e9 \u00fcber"))
                .containsExactly("caf\u00e9", "\u00fcber");
    }

    @Test
    void withoutAFormTheyDiffer() {
        Normalisation asItCame = new Normalisation(Form.NONE, true, "'");

        assertThat(asItCame.words("cafe\u0301")).containsExactly("cafe");
        assertThat(asItCame.words("caf\u00e9")).containsExactly("caf\u00e9");
    }

    @Test
    void compatibilityCompositionUndoesLigaturesAndWidths() {
        Normalisation compatible = new Normalisation(Form.NFKC, true, "'");

        assertThat(compatible.words("\ufb01ve \uff21\uff22 \u2460")).containsExactly("five", "ab", "1");
        assertThat(Normalisation.DEFAULT.words("\ufb01ve \uff21\uff22 \u2460"))
                .containsExactly("\ufb01ve", "\uff41\uff42");
    }

    @Test
    void lowerCaseDoesNotDependOnTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale.Builder().setLanguage("tr").build());

            assertThat(Normalisation.DEFAULT.words("TITLE")).containsExactly("title");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void dotlessAndDottedIStayDifferentLetters() {
        assertThat(Normalisation.DEFAULT.words("k\u0131z kiz")).containsExactly("k\u0131z", "kiz");
        // Capital dotted I becomes i and a combining dot, which is no letter.
        assertThat(Normalisation.DEFAULT.words("\u0130zmir")).containsExactly("i", "zmir");
    }

    @Test
    void caseMattersWhereConfigured() {
        assertThat(new Normalisation(Form.NFC, false, "").words("Polish polish"))
                .containsExactly("Polish", "polish");
    }

    @Test
    void onlyTheKeptApostropheIsPartOfAWord() {
        assertThat(Normalisation.DEFAULT.words("don't don\u2019t 'tis '"))
                .containsExactly("don't", "don", "t", "'tis", "'");
        assertThat(new Normalisation(Form.NFC, true, "").words("don't")).containsExactly("don", "t");
        assertThat(new Normalisation(Form.NFC, true, "'\u2019-").words("don\u2019t re-do"))
                .containsExactly("don\u2019t", "re-do");
    }

    @Test
    void combiningMarksSeparateUnlessKept() {
        // Hindi "hindi": letters with vowel signs U+093F and U+0940 and the virama U+094D.
        String hindi = "\u0939\u093f\u0928\u094d\u0926\u0940";

        assertThat(Normalisation.DEFAULT.words(hindi)).containsExactly("\u0939", "\u0928", "\u0926");
        assertThat(new Normalisation(Form.NFC, true, "\u093f\u094d\u0940").words(hindi))
                .containsExactly(hindi);
    }

    @Test
    void decimalDigitsOfEveryScriptAreWordsOtherNumbersAreNot() {
        assertThat(Normalisation.DEFAULT.words("2024 \u0663\u0664 x\u00b2 \u2167"))
                .containsExactly("2024", "\u0663\u0664", "x");
    }

    @Test
    void lettersBeyondTheBasicPlaneAreWholeCodePoints() {
        // Deseret capital and small long I; an emoji; a lone surrogate half.
        assertThat(Normalisation.DEFAULT.words("\ud801\udc00\ud83d\ude00a\ud801b"))
                .containsExactly("\ud801\udc28", "a", "b");
        assertThat(new Normalisation(Form.NFC, true, "\ud83d\ude00").words("\ud83d\ude00 \ud83d\ude01"))
                .containsExactly("\ud83d\ude00");
    }

    @Test
    void whiteSpaceCannotBeKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Normalisation(Form.NFC, true, "'\u00a0"))
                .withMessage("keep must not hold white space: U+00A0");
    }

    @Test
    void randomTextsHaveTheWordsThatThePlainRuleGives() {
        Random random = new Random(5);
        String[] alphabets = {
            "abcXYZ019 ' ,.-\0",
            "ab \u00c9\u00df\u00aa\u00b2\u00a0\u0130\u02b0",
            "ae\u0301\u0308\u0327 \u1e9b\uff21\ufb01\u0939\u093f \u2019 \ud801\udc00\ud83d"
        };
        for (int i = 0; i < 20_000; i++) {
            Normalisation normalisation = new Normalisation(
                    List.of(Form.values()).get(random.nextInt(3)),
                    random.nextBoolean(),
                    random.nextBoolean() ? "'" : "\u2019-A\0");
            String text = text(random, alphabets[random.nextInt(3)]);

            assertThat(normalisation.words(text))
                    .as("%s of %s", normalisation, text)
                    .isEqualTo(plain(normalisation, text));
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** The order of the rule, step by step, without a short cut. */
    private static List<String> plain(Normalisation normalisation, String text) {
        String composed =
                switch (normalisation.form()) {
                    case NFC -> Normalizer.normalize(text, Normalizer.Form.NFC);
                    case NFKC -> Normalizer.normalize(text, Normalizer.Form.NFKC);
                    case NONE -> text;
                };
        String folded = normalisation.lowerCase() ? composed.toLowerCase(Locale.ROOT) : composed;
        StringBuilder spaced = new StringBuilder();
        folded.codePoints()
                .forEach(codePoint -> spaced.appendCodePoint(
                        Character.isLetterOrDigit(codePoint)
                                        || normalisation.keep().indexOf(codePoint) >= 0
                                ? codePoint
                                : ' '));
        return Arrays.stream(spaced.toString().split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
