package dev.lastmile.local.simulation.traffic;

/**
 * How labels come.
 *
 * @param batch labels that arrive together, as long as none has to wait
 * @param bucket labelled inferences a bucket of event time
 * @param delays how long labels take
 * @param sessions how inferences hang together
 */
public record Pace(int batch, int bucket, LabelDelays delays, Sessions sessions) {

    /** What one drain of a busy deployment brings, and a thousand labelled inferences an hour. */
    public static final Pace USUAL = new Pace(110, 1_000, LabelDelays.NONE, Sessions.NONE);

    public Pace {
        if (batch < 1 || batch > 100_000) {
            throw new IllegalArgumentException("batch must be in [1, 100000]: " + batch);
        }
        if (bucket < 1) {
            throw new IllegalArgumentException("bucket must be >= 1: " + bucket);
        }
    }

    /** This pace with other delays. */
    public Pace with(LabelDelays other) {
        return new Pace(batch, bucket, other, sessions);
    }

    /** This pace with other sessions. */
    public Pace with(Sessions other) {
        return new Pace(batch, bucket, delays, other);
    }
}
