package dev.lastmile.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Deals out the false-alarm budget of a deployment: of each labelled inference, an equal share to every slice that is
 * active then. Mutable.
 *
 * <p>With K(c) slices active at clock c, each is granted G(c) = Σ 1/K over the labelled inferences up to c. A slice injects
 * the growth of G over the time it was active, at its next update, so that the injections of all slices sum to at most one
 * a labelled inference however slices come and go. Who is active follows from counts alone.
 */
final class BudgetShares {

    /** A slice without a score among so many labelled inferences of the deployment leaves its share to the others. */
    static final double IDLE_AFTER = 50_000;

    private double granted;

    BudgetShares() {}

    private BudgetShares(double granted) {
        this.granted = granted;
    }

    /** G: labelled inferences' worth of budget that a slice active from the first to the last has been granted. */
    double granted() {
        return granted;
    }

    /**
     * The clock moves on.
     *
     * @param labelled by how many labelled inferences
     * @param active slices among which they are dealt out
     */
    void grant(double labelled, int active) {
        granted += Math.max(0, labelled) / Math.max(1, active);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(granted);
    }

    static BudgetShares readFrom(DataInput in) throws IOException {
        return new BudgetShares(in.readDouble());
    }
}
