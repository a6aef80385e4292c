package dev.lastmile.local.simulation.traffic;

import java.util.Arrays;

/** The labels that arrive together, as one drain of the product's second stage brings them. */
public final class Batch {

    /** The session of an inference that stands for itself. */
    public static final int NO_SESSION = 0;

    private static final int USUAL = 128;

    private int size;
    private int[] cells = new int[USUAL];
    private byte[] bins = new byte[USUAL];
    private int[] buckets = new int[USUAL];
    private int[] sessions = new int[USUAL];
    private byte[] phases = new byte[USUAL];

    void add(int cell, int bin, int bucket, int session, int phase) {
        if (size == cells.length) {
            grow(2 * size);
        }
        cells[size] = cell;
        bins[size] = (byte) bin;
        buckets[size] = bucket;
        sessions[size] = session;
        phases[size] = (byte) phase;
        size++;
    }

    private void grow(int capacity) {
        cells = Arrays.copyOf(cells, capacity);
        bins = Arrays.copyOf(bins, capacity);
        buckets = Arrays.copyOf(buckets, capacity);
        sessions = Arrays.copyOf(sessions, capacity);
        phases = Arrays.copyOf(phases, capacity);
    }

    /** How many labels. */
    public int size() {
        return size;
    }

    /** The cell of a label's inference. */
    public int cell(int index) {
        return cells[index];
    }

    /** The level of its score, 0 to 20. */
    public int bin(int index) {
        return bins[index];
    }

    /** The bucket of event time in which the inference occurred, counted from 0. */
    public int bucket(int index) {
        return buckets[index];
    }

    /** The session of the inference, a number that is used for no other session, or {@link #NO_SESSION}. */
    public int session(int index) {
        return sessions[index];
    }

    /** In which phase of its {@link Course} the inference occurred. For the referee: no method may look at it. */
    public int phase(int index) {
        return phases[index];
    }
}
