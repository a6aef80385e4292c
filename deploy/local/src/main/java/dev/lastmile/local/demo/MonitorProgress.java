package dev.lastmile.local.demo;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.local.generator.DemoDeployments;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * How far the monitor has come with what it was sent.
 *
 * @param accounted records whose outcome, or whose waiting, stands in its ledgers
 * @param baselinesFrozen whether every deployment of the demo has its baseline; a change before would be learned as normal
 */
record MonitorProgress(long accounted, boolean baselinesFrozen) {

    static MonitorProgress of(Collection<DeploymentSnapshot> snapshots) {
        long accounted = 0;
        Set<DeploymentId> frozen = new HashSet<>();
        for (DeploymentSnapshot snapshot : snapshots) {
            accounted +=
                    snapshot.ledger().inferencesReceived() + snapshot.ledger().truthsReceived();
            if (snapshot.baselineVersion() != null) {
                frozen.add(snapshot.deployment());
            }
        }
        return new MonitorProgress(accounted, frozen.containsAll(DemoDeployments.ALL));
    }
}
