package dev.lastmile.local.replay;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.Ledger;
import dev.lastmile.schema.AlertEvent;
import java.util.List;

/**
 * What came out of the topology.
 *
 * @param deployments every deployment that was seen, those included that no policy covers
 * @param alerts every alert as it stood at the end, by when it started
 */
record ReplayResult(List<DeploymentSnapshot> deployments, List<AlertEvent> alerts) {

    ReplayResult {
        deployments = List.copyOf(deployments);
        alerts = List.copyOf(alerts);
    }

    /** What became of every record of every deployment. */
    Ledger ledger() {
        Ledger total = new Ledger();
        for (DeploymentSnapshot deployment : deployments) {
            total.add(deployment.ledger());
        }
        return total;
    }
}
