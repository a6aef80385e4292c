package dev.lastmile.benchmarks;

import java.util.OptionalDouble;

/**
 * A figure that Lastmile must reach.
 *
 * @param what it is
 * @param measured empty where it could not be measured
 * @param must the bound it is held to
 * @param aim the bound that is aimed at
 * @param atLeast whether more is better
 * @param detail what it was computed from
 */
public record Requirement(
        String what, OptionalDouble measured, double must, double aim, boolean atLeast, String detail) {

    /** How it stands: {@code aim}, {@code must} or {@code missed}. */
    public String standing() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        double value = measured.getAsDouble();
        if (atLeast ? value >= aim : value <= aim) {
            return "aim";
        }
        return (atLeast ? value >= must : value <= must) ? "must" : "missed";
    }
}
