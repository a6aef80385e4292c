package dev.lastmile.local.generator;

import java.util.SplittableRandom;

/** What a model is asked to do, and how it answers at a given error rate. */
interface Task {

    /**
     * One input, answered. Each value is a member of the event's union: a transcript or a label.
     *
     * @param output what the model said
     * @param truth what was right
     * @param hurriedTruth what a person in a hurry took for right; a correction follows
     */
    record Answered(Object output, Object truth, Object hurriedTruth) {}

    /** Draws an input and the model's answer to it. */
    Answered answer(double errorRate, SplittableRandom random);
}
