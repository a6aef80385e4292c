package dev.lastmile.alert;

import dev.lastmile.score.Metric;
import org.jspecify.annotations.Nullable;

/**
 * What an alert must say besides the finding.
 *
 * @param metric what is measured
 * @param coverageNow labelled over received in the slice since onset's bucket; absent when not known
 * @param restCoverageNow the same of its rest; absent when not known, or where there is none
 * @param ratioNow errors over trials of the slice in the finding's window; absent when not known
 * @param ratioAtBaseline the same in the baseline used; absent without one or where it holds no counts of errors
 * @param baselineVersion the baseline in force; absent without one
 * @param weight how much of one labelled inference each counts as, in (0, 1]
 * @param novelty what is known of a new condition; absent for any other claim
 * @param configurationHash of the settings in force
 * @param nowMs processing clock of the batch, epoch milliseconds
 */
public record AlertContext(
        Metric metric,
        @Nullable Double coverageNow,
        @Nullable Double restCoverageNow,
        @Nullable Double ratioNow,
        @Nullable Double ratioAtBaseline,
        @Nullable String baselineVersion,
        double weight,
        @Nullable Novelty novelty,
        String configurationHash,
        long nowMs) {}
