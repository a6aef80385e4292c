package dev.lastmile.benchmarks.throughput;

/**
 * From where things grow.
 *
 * @param inferences of a load that becomes visible as a whole
 * @param perSecond events where they come at a rate
 * @param steadySeconds for how long they are counted then
 */
record Scale(int inferences, int perSecond, int steadySeconds) {

    Scale {
        if (inferences < 1) {
            throw new IllegalArgumentException("inferences must be >= 1: " + inferences);
        }
        if (perSecond < 1) {
            throw new IllegalArgumentException("perSecond must be >= 1: " + perSecond);
        }
        if (steadySeconds < 1) {
            throw new IllegalArgumentException("steadySeconds must be >= 1: " + steadySeconds);
        }
    }

    /** So many times as many inferences. */
    int inferences(double times) {
        return Math.toIntExact(Math.round(inferences * times));
    }

    /** So many times as many events a second. */
    int perSecond(int times) {
        return Math.multiplyExact(perSecond, times);
    }
}
