package dev.lastmile.local.generator;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;

/** Something a customer sends, and when. */
public sealed interface Emission {

    /** Who sends it. */
    String customer();

    /** When, in milliseconds since the traffic began. */
    long offsetMs();

    /** An inference. */
    record OfInference(String customer, long offsetMs, InferenceEvent event) implements Emission {}

    /** A ground truth, a second copy of one, or a correction. */
    record OfTruth(String customer, long offsetMs, GroundTruthEvent event) implements Emission {}
}
