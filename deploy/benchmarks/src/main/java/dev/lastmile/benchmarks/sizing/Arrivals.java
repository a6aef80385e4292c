package dev.lastmile.benchmarks.sizing;

import java.time.Duration;

/**
 * What customers send.
 *
 * @param inferencesPerDay of all of them, on average
 * @param labelledShare of inferences that get a ground truth, 0-1
 * @param lateShare of ground truths that come in a later commit than their inference, 0-1
 * @param labelSpread how far apart the inferences are that ground truths come for at one time: with a day, those of
 *     the last 24 hours get theirs now, each hour as many
 * @param transcriptBytes UTF-8 length of an answer, and of what was right; 0 where customers send counts or labels
 */
record Arrivals(
        double inferencesPerDay, double labelledShare, double lateShare, Duration labelSpread, double transcriptBytes) {

    private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

    Arrivals {
        if (!(inferencesPerDay > 0 && inferencesPerDay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("inferencesPerDay must be > 0 and finite: " + inferencesPerDay);
        }
        requireShare("labelledShare", labelledShare);
        requireShare("lateShare", lateShare);
        if (labelSpread.isNegative()) {
            throw new IllegalArgumentException("labelSpread must be >= PT0S: " + labelSpread);
        }
        if (!(transcriptBytes >= 0 && transcriptBytes < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("transcriptBytes must be >= 0 and finite: " + transcriptBytes);
        }
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1]: " + share);
        }
    }

    /** Counts, 95 % of them labelled, all later, for inferences of a day. */
    static Arrivals of(double inferencesPerDay) {
        return new Arrivals(inferencesPerDay, 0.95, 1, Duration.ofDays(1), 0);
    }

    Arrivals withLabelled(double share) {
        return new Arrivals(inferencesPerDay, share, lateShare, labelSpread, transcriptBytes);
    }

    Arrivals withLate(double share, Duration spread) {
        return new Arrivals(inferencesPerDay, labelledShare, share, spread, transcriptBytes);
    }

    Arrivals withTranscripts(double bytes) {
        return new Arrivals(inferencesPerDay, labelledShare, lateShare, labelSpread, bytes);
    }

    double inferencesPerSecond() {
        return inferencesPerDay / DAY_SECONDS;
    }

    double truthsPerSecond() {
        return inferencesPerSecond() * labelledShare;
    }

    /** An inference and a ground truth are an event each. */
    double eventsPerSecond() {
        return inferencesPerSecond() + truthsPerSecond();
    }
}
