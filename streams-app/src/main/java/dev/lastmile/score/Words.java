package dev.lastmile.score;

import java.util.Arrays;

/**
 * The words of a normalised text, told apart without a string each: what a word error rate costs is mostly the making of
 * strings that are compared once.
 *
 * <p>A word of at most eight ASCII characters is its own key, a byte a character. Any other has a negative key, a hash of
 * its characters, so that equal keys need a look at the text itself.
 */
final class Words {

    private static final int PACKED = Long.BYTES;

    /** Words that a text usually has: one in so many characters. */
    private static final int USUAL_LENGTH = 5;

    private final String text;
    private long[] keys;
    private int[] starts;
    private int[] ends;
    private int size;

    /** No words yet, of a text that is normalised. */
    Words(String text) {
        this.text = text;
        int capacity = text.length() / USUAL_LENGTH + 2;
        keys = new long[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    /** One more word, [start, end) of the text; it must not be empty. */
    void add(int start, int end) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        keys[size] = key(start, end);
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    private long key(int start, int end) {
        long packed = 0;
        long hash = 0;
        int all = end - start > PACKED ? 0x80 : 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            // A leading NUL would leave no trace in the key; a word may hold it where it is kept.
            all |= c == 0 ? 0x80 : c;
            packed = packed << Byte.SIZE | c;
            hash = 31 * hash + c;
        }
        return all < 0x80 ? packed : hash | Long.MIN_VALUE;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** A word as text. */
    String get(int index) {
        return text.substring(starts[index], ends[index]);
    }

    /** Whether a word is the same as one of another text. */
    boolean equal(int index, Words other, int otherIndex) {
        long key = keys[index];
        return key == other.keys[otherIndex] && (key >= 0 || sameText(index, other, otherIndex));
    }

    private boolean sameText(int index, Words other, int otherIndex) {
        int length = ends[index] - starts[index];
        return length == other.ends[otherIndex] - other.starts[otherIndex]
                && text.regionMatches(starts[index], other.text, other.starts[otherIndex], length);
    }
}
