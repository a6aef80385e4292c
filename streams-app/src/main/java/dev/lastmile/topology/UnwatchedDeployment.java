package dev.lastmile.topology;

import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What counts but is not watched: records of a customer that no policy covers or that do not say whose they are, and
 * deployments whose policy was taken away. Only their ledger is kept; commands are refused.
 */
final class UnwatchedDeployment implements DeploymentWatch {

    private final DeploymentId deployment;
    private final DeploymentStore store;
    private final DeploymentHead head;
    private final BaselineBook book;

    UnwatchedDeployment(DeploymentId deployment, KeyValueStore<Bytes, byte[]> bytes) {
        this.deployment = deployment;
        store = new DeploymentStore(deployment, bytes, new WarmCells());
        head = store.head().orElseGet(DeploymentHead::new);
        book = store.read(Part.BASELINES, BaselineBook::readFrom).orElseGet(BaselineBook::new);
    }

    @Override
    public List<Report> wake() {
        return List.of();
    }

    @Override
    public List<Report> take(Delta delta) {
        head.add(delta);
        delta.commands().forEach(any -> BaselineKeeper.refuse(CommandRefusal.NOT_WATCHED, deployment, book, store));
        store.put(head);
        return List.of();
    }

    @Override
    public List<Report> tick(long nowMs) {
        return List.of();
    }

    @Override
    public List<Report> publishStatistics() {
        return List.of();
    }

    @Override
    public void forgetOldBuckets() {}

    @Override
    public long clockMs() {
        return head.clockMs();
    }

    @Override
    public DeploymentSnapshot snapshot(long minimumShown) {
        return new DeploymentSnapshot(
                deployment,
                null,
                new BaselineStanding(null, null, Map.of(), 1, Map.of(), 0, List.of(), book.refused()),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                head.ledger().copy(),
                head.deadLetters(),
                head.clockMs());
    }
}
