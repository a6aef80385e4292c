package dev.lastmile.score;

import java.util.Arrays;

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
 * program minimises E first and G second as the one integer E·B + G with B above every possible G, so it needs no path
 * back: a weighted edit distance, a substitution for B and a gap for B + 1. The kinds follow: substitutions E − G, deletions
 * (G + n − m)/2, insertions (G − n + m)/2.
 *
 * <p>Two things keep it from looking at all n·m cells, neither of which can change the result:
 *
 * <ul>
 *   <li>Words that both texts begin with, or end with, are left out. Take any alignment in which the two first words are
 *       equal and not paired. If both are gaps, pairing them saves two gaps. If one is paired with a later word, the
 *       other is a gap: pair the two, and let that later word be the gap instead, which costs no more.
 *   <li>Only diagonals near those of start and end are looked at (E. Ukkonen, "Algorithms for approximate string matching",
 *       Information and Control 64, 1985). A path that leaves the strip between them by more than p diagonals has at least
 *       |n − m| + 2(p + 1) gaps. So a result of fewer edits than that is the best of all paths; otherwise p grows fourfold.
 * </ul>
 *
 * Time is O((n + m)·E), at most some 7 million cells; space O(n + m).
 */
public final class WordAlignment {

    /** A text of more words than this is not scored: whoever takes in transcripts refuses it before. */
    public static final int MAX_WORDS = 2_000;

    /** Above 2·{@value #MAX_WORDS}, the most deletions and insertions; E·B + G then stays below 2²⁵. */
    private static final int B = 4_096;

    private static final int SUBSTITUTION = B;
    private static final int GAP = B + 1;

    /** Of a cell that no path may go through. */
    private static final int NO_PATH = 1 << 29;

    /** Enough for most utterances: up to five edits more than the lengths differ by. */
    private static final int FIRST_BESIDE = 2;

    private WordAlignment() {}

    /**
     * Counts the edits from reference to output.
     *
     * @throws IllegalArgumentException if either side has more than {@value #MAX_WORDS} words
     */
    static WordErrors align(Words reference, Words output) {
        requireBounded("reference", reference);
        requireBounded("output", output);
        int cost = cost(reference, output);
        int edits = cost / B;
        int gaps = cost % B;
        int lacking = reference.size() - output.size();
        return new WordErrors(edits - gaps, (gaps + lacking) / 2, (gaps - lacking) / 2, reference.size());
    }

    private static int cost(Words reference, Words output) {
        int shorter = Math.min(reference.size(), output.size());
        int from = 0;
        while (from < shorter && reference.equal(from, output, from)) {
            from++;
        }
        int left = shorter - from;
        int n = reference.size() - from;
        int m = output.size() - from;
        while (left > 0 && reference.equal(from + n - 1, output, from + m - 1)) {
            left--;
            n--;
            m--;
        }
        int beside = FIRST_BESIDE;
        while (true) {
            int cost = cost(reference, output, from, n, m, Math.min(beside, left));
            if (beside >= left || cost / B < Math.abs(n - m) + 2 * (beside + 1)) {
                return cost;
            }
            beside *= 4;
        }
    }

    /**
     * The least cost of turning n words of the reference into m of the output, both beginning at {@code from}, over paths
     * that leave the strip between the diagonals of start and end by at most {@code beside}.
     */
    private static int cost(Words reference, Words output, int from, int n, int m, int beside) {
        // Of the cell in row i and column j, at index j - i - lowest: its neighbours of the row above are at the same
        // index
        // and the next, that of its own row at the one before. One more at each end is never on a path.
        int lowest = Math.min(0, m - n) - beside - 1;
        int highest = Math.max(0, m - n) + beside + 1;
        int[] costs = new int[highest - lowest + 1];
        Arrays.fill(costs, NO_PATH);
        for (int j = 0; j <= Math.min(m, highest - 1); j++) {
            costs[j - lowest] = j * GAP;
        }
        for (int i = 1; i <= n; i++) {
            int first = i + lowest + 1;
            if (first <= 0) {
                costs[-i - lowest] = i * GAP;
                first = 1;
            }
            int last = Math.min(m, i + highest - 1);
            int before = costs[first - i - lowest - 1];
            for (int j = first; j <= last; j++) {
                int at = j - i - lowest;
                int paired = costs[at] + (reference.equal(from + i - 1, output, from + j - 1) ? 0 : SUBSTITUTION);
                before = Math.min(paired, Math.min(costs[at + 1], before) + GAP);
                costs[at] = before;
            }
        }
        return costs[m - n - lowest];
    }

    private static void requireBounded(String side, Words words) {
        if (words.size() > MAX_WORDS) {
            throw new IllegalArgumentException(side + " must have at most " + MAX_WORDS + " words: " + words.size());
        }
    }
}
