package dev.lastmile.local.generator;

import java.util.Map;
import java.util.SplittableRandom;

/** Where inputs come from, and what that does to a model. Offsets are milliseconds since the traffic began. */
interface Conditions {

    /** The attributes of one input: what the customer declares about it. */
    Map<String, String> draw(long offsetMs, SplittableRandom random);

    /** The expected score of an input with these attributes at this time, 0 to 1. */
    double errorRate(Map<String, String> attributes, long offsetMs);
}
