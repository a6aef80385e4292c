package dev.lastmile.topology;

import dev.lastmile.alert.DeploymentSnapshot;
import java.util.List;

/** What the second stage does for one deployment. Each method returns what customers have to be told. */
sealed interface DeploymentWatch permits WatchedDeployment, UnwatchedDeployment {

    /** Brings back what the store holds; where the settings have changed, detectors start anew and their alerts end. */
    List<Report> wake();

    /** Takes one delta. */
    List<Report> take(Delta delta);

    /** Lets time pass for alerts without labels; {@code nowMs} is on the clock of broker append times. */
    List<Report> tick(long nowMs);

    /** The cells that changed since the last call and may be shown. */
    List<Report> publishStatistics();

    /** Forgets buckets that no ground truth can reach any more. */
    void forgetOldBuckets();

    /** The highest append time it has seen, epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
    long clockMs();

    /**
     * All that people may see, as it stands.
     *
     * @param minimumShown slices with fewer labelled inferences are left out
     */
    DeploymentSnapshot snapshot(long minimumShown);
}
