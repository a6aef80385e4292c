package dev.lastmile.export;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What others may see of every deployment. All outputs take it from the same one, since what one of them hides another must not show.
 * Made when it is asked for, once a snapshot, so that it costs the stream nothing. Safe for use by many threads.
 */
public final class Publications {

    private final SnapshotSource snapshots;
    private final Map<DeploymentId, Publication> newest = new ConcurrentHashMap<>();

    /** Of these snapshots. */
    public Publications(SnapshotSource snapshots) {
        this.snapshots = snapshots;
    }

    /** The deployments that somebody sees, in order. */
    List<Publication> all(Predicate<DeploymentId> seen) {
        List<DeploymentSnapshot> all = snapshots.all();
        newest.keySet()
                .retainAll(all.stream().map(DeploymentSnapshot::deployment).collect(Collectors.toSet()));
        return all.stream()
                .filter(snapshot -> seen.test(snapshot.deployment()))
                .map(this::of)
                .toList();
    }

    /** One deployment; empty while nothing is known of it. */
    Optional<Publication> find(DeploymentId deployment) {
        return snapshots.find(deployment).map(this::of);
    }

    private Publication of(DeploymentSnapshot snapshot) {
        return newest.compute(
                snapshot.deployment(),
                (any, before) -> before != null && before.isOf(snapshot) ? before : Publication.of(snapshot, before));
    }
}
