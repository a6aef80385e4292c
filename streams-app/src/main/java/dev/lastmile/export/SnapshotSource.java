package dev.lastmile.export;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;
import java.util.List;
import java.util.Optional;

/** Where exporters get what they show: the newest snapshot of every deployment. Safe for use by many threads. */
public interface SnapshotSource {

    /** The newest snapshot of every deployment known to this process, ordered by deployment. */
    List<DeploymentSnapshot> all();

    /** The newest snapshot of one deployment; empty while there is none. */
    Optional<DeploymentSnapshot> find(DeploymentId deployment);
}
