package dev.lastmile.app;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.export.SnapshotSource;
import dev.lastmile.topology.SnapshotSink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The newest snapshot of every deployment processed here: written by stream threads, read by exporters. */
public final class SnapshotStore implements SnapshotSink, SnapshotSource {

    private final ConcurrentSkipListMap<DeploymentId, DeploymentSnapshot> newest = new ConcurrentSkipListMap<>();

    @Override
    public void publish(DeploymentSnapshot snapshot) {
        newest.put(snapshot.deployment(), snapshot);
    }

    @Override
    public void retire(DeploymentId deployment) {
        newest.remove(deployment);
    }

    @Override
    public List<DeploymentSnapshot> all() {
        return List.copyOf(newest.values());
    }

    @Override
    public Optional<DeploymentSnapshot> find(DeploymentId deployment) {
        return Optional.ofNullable(newest.get(deployment));
    }
}
