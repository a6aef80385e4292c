package dev.lastmile.score;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a text becomes the words that are compared. In this order: Unicode normalisation, lower case, every code point that
 * is neither a letter nor a decimal digit nor one of {@link #keep()} becomes a space, and white space separates the words.
 *
 * <p>What this means at the edges:
 *
 * <ul>
 *   <li>Lower case is that of {@link Locale#ROOT}: the same on every machine, {@code "I"} is never a dotless {@code "ı"}.
 *   <li>A combining mark that normalisation does not compose with its letter is no letter, so it separates words. Both
 *       texts of a pair are treated alike; who measures a script that writes vowels as marks names these marks in
 *       {@code keep}.
 *   <li>The typographic apostrophe U+2019 is another character than {@code '}; it counts only if {@code keep} names it.
 *   <li>A kept character that stands alone is a word.
 * </ul>
 *
 * <p>What a letter is, is a matter of the Unicode version of the Java runtime: all instances of one monitor should run on
 * the same.
 *
 * @param form the Unicode normalisation applied first
 * @param lowerCase whether upper and lower case are the same
 * @param keep code points that are part of words besides letters and digits; no white space
 */
public record Normalisation(Form form, boolean lowerCase, String keep) {

    /** NFC, lower case, the apostrophe is part of a word. */
    public static final Normalisation DEFAULT = new Normalisation(Form.NFC, true, "'");

    /** ASCII is the same in every form. */
    private static final int ASCII = 0x80;

    /** U+0300, the first combining mark: nothing before it is changed by canonical composition. */
    private static final int FIRST_MARK = 0x300;

    /** The forms of Unicode Standard Annex 15 that a comparison may start from. */
    public enum Form {
        /** Canonical composition: the same characters, however they were encoded. */
        NFC,
        /** Compatibility composition: full-width and ligature forms too are their plain characters. */
        NFKC,
        /** The text as it came. */
        NONE
    }

    public Normalisation {
        keep.codePoints().filter(Normalisation::isSpace).findFirst().ifPresent(space -> {
            throw new IllegalArgumentException(String.format("keep must not hold white space: U+%04X", space));
        });
    }

    /** The words of a text, in order; none for a text without letters, digits and kept characters. */
    public List<String> words(String text) {
        Words found = scan(text);
        List<String> words = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            words.add(found.get(i));
        }
        return words;
    }

    /** The words of a text, in order. */
    Words scan(String text) {
        Words ascii = scanAscii(text.toCharArray());
        return ascii != null ? ascii : scanAny(text);
    }

    /**
     * The same in one pass, which is all that most texts need: ASCII is composed already. Upper case is lowered in place.
     *
     * @return absent for any other text, and for one with NUL
     */
    private @Nullable Words scanAscii(char[] text) {
        Words words = new Words(text);
        int start = 0;
        long packed = 0;
        for (int i = 0; i < text.length; i++) {
            char c = text[i];
            if (c >= 'A' && c <= 'Z') {
                c = lowerCase ? (char) (c + 'a' - 'A') : c;
                text[i] = c;
            } else if (c == 0 || c >= ASCII) {
                return null;
            } else if (!isPartOfWord(c)) {
                if (i > start) {
                    words.addAscii(start, i, packed);
                }
                start = i + 1;
                packed = 0;
                continue;
            }
            packed = packed << Byte.SIZE | c;
        }
        if (text.length > start) {
            words.addAscii(start, text.length, packed);
        }
        return words;
    }

    private Words scanAny(String text) {
        char[] folded = (lowerCase ? composed(text).toLowerCase(Locale.ROOT) : composed(text)).toCharArray();
        Words words = new Words(folded);
        int start = -1;
        for (int i = 0; i < folded.length; ) {
            int codePoint = Character.codePointAt(folded, i);
            if (isPartOfWord(codePoint)) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                words.add(start, i);
                start = -1;
            }
            i += Character.charCount(codePoint);
        }
        if (start >= 0) {
            words.add(start, folded.length);
        }
        return words;
    }

    private String composed(String text) {
        return switch (form) {
            case NFC -> isBelow(FIRST_MARK, text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
            case NFKC -> isBelow(ASCII, text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
            case NONE -> text;
        };
    }

    private static boolean isBelow(int limit, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= limit) {
                return false;
            }
        }
        return true;
    }

    /** White space is most of what is no letter, and never kept: no search for it. */
    private boolean isPartOfWord(int codePoint) {
        return (codePoint >= 'a' && codePoint <= 'z')
                || (codePoint != ' ' && (Character.isLetterOrDigit(codePoint) || keep.indexOf(codePoint) >= 0));
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
