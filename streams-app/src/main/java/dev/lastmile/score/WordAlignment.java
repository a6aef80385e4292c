package dev.lastmile.score;

import java.util.List;

/**
 * Word error counts by the minimum edit distance over words (V. I. Levenshtein, "Binary codes capable of correcting
 * deletions, insertions, and reversals", Soviet Physics Doklady 10(8), 1966), each substitution, deletion and insertion 1.
 *
 * <p>Several alignments may need the fewest edits, with different kinds: "a b" against "b a" is two substitutions, or a
 * deletion and an insertion. Of these the one with the most substitutions counts. That makes the kinds a function of the
 * two texts alone, not of the order in which a program looks at cells, and exchanging the texts exchanges deletions and
 * insertions.
 *
 * <p>For n reference and m output words let E be the edits and G the deletions and insertions among them. The dynamic
 * program minimises E first and G second as the one integer E·B + G with B above every possible G, so it needs two rows
 * and no path back. The kinds follow: substitutions E − G, deletions (G + n − m)/2, insertions (G − n + m)/2. Time is
 * O(n·m), at most 4 million cells; space O(m).
 */
public final class WordAlignment {

    /** A text of more words than this is not scored: whoever takes in transcripts refuses it before. */
    public static final int MAX_WORDS = 2_000;

    /** Above 2·{@value #MAX_WORDS}, the most deletions and insertions; E·B + G then stays below 2²⁵. */
    private static final int B = 4_096;

    private static final int SUBSTITUTION = B;
    private static final int GAP = B + 1;

    private WordAlignment() {}

    /**
     * Counts the edits from reference to output.
     *
     * @throws IllegalArgumentException if either side has more than {@value #MAX_WORDS} words
     */
    static WordErrors align(List<String> reference, List<String> output) {
        requireBounded("reference", reference);
        requireBounded("output", output);
        int cost = cost(reference, output);
        int edits = cost / B;
        int gaps = cost % B;
        int lacking = reference.size() - output.size();
        return new WordErrors(edits - gaps, (gaps + lacking) / 2, (gaps - lacking) / 2, reference.size());
    }

    private static int cost(List<String> reference, List<String> output) {
        int[] above = new int[output.size() + 1];
        int[] row = new int[output.size() + 1];
        for (int j = 0; j < row.length; j++) {
            above[j] = j * GAP;
        }
        for (String word : reference) {
            row[0] = above[0] + GAP;
            for (int j = 1; j < row.length; j++) {
                int diagonal = above[j - 1] + (word.equals(output.get(j - 1)) ? 0 : SUBSTITUTION);
                row[j] = Math.min(diagonal, Math.min(above[j], row[j - 1]) + GAP);
            }
            int[] spare = above;
            above = row;
            row = spare;
        }
        return above[output.size()];
    }

    private static void requireBounded(String side, List<String> words) {
        if (words.size() > MAX_WORDS) {
            throw new IllegalArgumentException(side + " must have at most " + MAX_WORDS + " words: " + words.size());
        }
    }
}
