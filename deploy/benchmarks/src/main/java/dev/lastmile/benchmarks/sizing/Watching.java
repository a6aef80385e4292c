package dev.lastmile.benchmarks.sizing;

import java.time.Duration;

/**
 * How deployments are watched, as in their policies.
 *
 * @param deployments of all customers
 * @param customers among whom they are dealt out
 * @param slicesAnEvent the overall slice, one a dimension and one an intersection
 * @param liveSlices slices of a deployment with statistics of their own
 * @param bucket length of a bucket of event time
 * @param horizon how long after an inference its ground truth may be observed
 * @param maxAge how old an event may be when it is appended; entries are kept that much longer than the horizon
 * @param corrections whether transcripts are kept once they are scored
 */
record Watching(
        int deployments,
        int customers,
        double slicesAnEvent,
        double liveSlices,
        Duration bucket,
        Duration horizon,
        Duration maxAge,
        boolean corrections) {

    Watching {
        if (deployments < 1) {
            throw new IllegalArgumentException("deployments must be >= 1: " + deployments);
        }
        if (customers < 1 || customers > deployments) {
            throw new IllegalArgumentException("customers must be in [1, " + deployments + "]: " + customers);
        }
        if (!(slicesAnEvent >= 1)) {
            throw new IllegalArgumentException("slicesAnEvent must be >= 1: " + slicesAnEvent);
        }
        if (!(liveSlices >= slicesAnEvent && liveSlices < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("liveSlices must be >= " + slicesAnEvent + ": " + liveSlices);
        }
        if (bucket.isNegative() || bucket.isZero()) {
            throw new IllegalArgumentException("bucket must be > PT0S: " + bucket);
        }
        if (horizon.isNegative() || horizon.isZero()) {
            throw new IllegalArgumentException("horizon must be > PT0S: " + horizon);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge must be >= PT0S: " + maxAge);
        }
    }

    /** With what a policy says where it says nothing, and a horizon of a week. */
    static Watching of(int deployments, int customers) {
        return new Watching(
                deployments, customers, 5, 30, Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(7), true);
    }

    Watching withSlices(double anEvent, double live) {
        return new Watching(deployments, customers, anEvent, live, bucket, horizon, maxAge, corrections);
    }

    Watching withHorizon(Duration newHorizon) {
        return new Watching(deployments, customers, slicesAnEvent, liveSlices, bucket, newHorizon, maxAge, corrections);
    }

    Watching withMaxAge(Duration newMaxAge) {
        return new Watching(deployments, customers, slicesAnEvent, liveSlices, bucket, horizon, newMaxAge, corrections);
    }

    Watching withBucket(Duration newBucket) {
        return new Watching(deployments, customers, slicesAnEvent, liveSlices, newBucket, horizon, maxAge, corrections);
    }

    Watching withCorrections(boolean newCorrections) {
        return new Watching(deployments, customers, slicesAnEvent, liveSlices, bucket, horizon, maxAge, newCorrections);
    }

    Watching withCustomers(int newCustomers) {
        return new Watching(deployments, newCustomers, slicesAnEvent, liveSlices, bucket, horizon, maxAge, corrections);
    }

    /** How long an entry of the join is kept after its event. */
    Duration keep() {
        return horizon.plus(maxAge);
    }

    /** Buckets of which cells are kept, see {@code WatchedDeployment.reachableMs}. */
    double bucketsKept() {
        return ratio(horizon.plus(maxAge).plus(maxAge), bucket) + 1;
    }

    /** Buckets that ground truths come for at one time. */
    double bucketsLabelled(Duration labelSpread) {
        return Math.max(1, ratio(labelSpread, bucket));
    }

    static double ratio(Duration one, Duration other) {
        return one.toMillis() / (double) other.toMillis();
    }
}
