package dev.lastmile.local.simulation.traffic;

/**
 * How inferences hang together. Those of one session have the same slices, and their scores correlate.
 *
 * @param size inferences a session; 1 for none that hang together
 * @param correlation intraclass correlation of the scores of one session within a cell, in [0, .95]
 */
public record Sessions(int size, double correlation) {

    /** Every inference stands for itself. */
    public static final Sessions NONE = new Sessions(1, 0);

    public Sessions {
        if (size < 1 || size > 10_000) {
            throw new IllegalArgumentException("sessions must be of 1 to 10000 inferences: " + size);
        }
        if (!(correlation >= 0 && correlation <= 0.95)) {
            throw new IllegalArgumentException("correlation must be in [0, 0.95]: " + correlation);
        }
    }

    /** Whether scores of one session correlate. */
    boolean correlate() {
        return size > 1 && correlation > 0;
    }
}
