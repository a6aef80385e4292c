package dev.lastmile.topology;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;

/** Where the state of a deployment goes for people and exporters to read; called from stream threads. */
public interface SnapshotSink {

    /** Replaces what was known of the snapshot's deployment. */
    void publish(DeploymentSnapshot snapshot);

    /** This instance no longer watches the deployment: another one does. */
    void retire(DeploymentId deployment);
}
