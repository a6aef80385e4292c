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
    private static final int NOT_ASCII = 0x80;

    /** Words that a text usually has: one in so many characters. */
    private static final int USUAL_LENGTH = 5;

    private final char[] text;
    private long[] keys;
    private int[] starts;
    private int[] ends;
    private int size;

    /** No words yet, of a text that is normalised or being normalised; it is not copied. */
    Words(char[] text) {
        this.text = text;
        int capacity = text.length / USUAL_LENGTH + 2;
        keys = new long[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    /** One more word, [start, end) of the text; it must not be empty. */
    void add(int start, int end) {
        long packed = 0;
        int all = 0;
        for (int i = start; i < end; i++) {
            // A leading NUL would leave no trace in the key; a word may hold it where it is kept.
            all |= text[i] == 0 ? NOT_ASCII : text[i];
            packed = packed << Byte.SIZE | text[i];
        }
        add(start, end, all < NOT_ASCII ? packed : hash(start, end));
    }

    /**
     * One more word whose characters are ASCII, and none of them NUL.
     *
     * @param packed its last characters, a byte each
     */
    void addAscii(int start, int end, long packed) {
        add(start, end, packed);
    }

    private void add(int start, int end, long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        keys[size] = end - start <= PACKED ? key : hash(start, end);
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    private long hash(int start, int end) {
        long hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return hash | Long.MIN_VALUE;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** A word as text. */
    String get(int index) {
        return new String(text, starts[index], ends[index] - starts[index]);
    }

    /** Whether a word is the same as one of another text. */
    boolean equal(int index, Words other, int otherIndex) {
        long key = keys[index];
        return key == other.keys[otherIndex] && (key >= 0 || sameText(index, other, otherIndex));
    }

    private boolean sameText(int index, Words other, int otherIndex) {
        return Arrays.equals(
                text, starts[index], ends[index], other.text, other.starts[otherIndex], other.ends[otherIndex]);
    }
}
