package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Shape;
import java.util.Locale;

/**
 * One measurement to take along an axis.
 *
 * @param axis what grows
 * @param number how far, in the axis's unit
 * @param arrival how the load comes that is measured
 * @param shape of all loads
 * @param waiting inferences without a ground truth that lie in the store before
 * @param instances that share the work
 */
record Step(Axis axis, int number, Arrival arrival, Shape shape, int waiting, int instances) {

    /** {@code slices 50}. */
    String label() {
        return String.format(Locale.ROOT, "%s %,d", axis.label(), number);
    }
}
