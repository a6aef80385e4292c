package dev.lastmile.benchmarks.loops;

import org.jspecify.annotations.Nullable;

/**
 * What a loop is held to.
 *
 * @param mustMicros the bound it has to keep
 * @param aimMicros the bound that is aimed at
 */
record LoopFigure(double mustMicros, double aimMicros) {

    private static final LoopFigure WORD_ERRORS = new LoopFigure(2, 0.7);
    private static final LoopFigure DETECTOR_STEP = new LoopFigure(1_000, 200);

    /** That of a loop, by its name and parameters; absent where nothing is asked. */
    static @Nullable LoopFigure of(String loop) {
        if (loop.startsWith("WordErrorRate.score") || loop.startsWith("WordErrorRate.alignment")) {
            return WORD_ERRORS;
        }
        return loop.startsWith("DetectorStep.detectors") ? DETECTOR_STEP : null;
    }

    /** How a measurement stands: {@code aim}, {@code must} or {@code missed}. */
    String standing(double micros) {
        if (micros <= aimMicros) {
            return "aim";
        }
        return micros <= mustMicros ? "must" : "missed";
    }
}
