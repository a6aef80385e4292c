package dev.lastmile.topology;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.event.DeploymentId;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Opens the second stage of one deployment to the benchmarks, with a store on the heap. */
public final class SecondStageLoop {

    private final DeploymentId id;
    private final DeploymentPolicy policy;
    private final KeyValueStore<Bytes, byte[]> store;
    private final WarmCells warm;
    private final WatchedDeployment deployment;

    /** Of a deployment of which nothing is known yet. */
    public SecondStageLoop(DeploymentId id, DeploymentPolicy policy) {
        this(id, policy, WarmCells.MOST_BYTES);
    }

    /**
     * The same, with another limit on cells that are kept beside the store.
     *
     * @param warmBytes of heap, about
     */
    public SecondStageLoop(DeploymentId id, DeploymentPolicy policy, int warmBytes) {
        this.id = id;
        this.policy = policy;
        // Never initialised: it needs no context to keep pairs.
        warm = new WarmCells(warmBytes);
        store = Stores.inMemoryKeyValueStore("deployments").get();
        deployment = new WatchedDeployment(id, policy, store, warm);
        deployment.wake();
    }

    /** Takes a delta. */
    public List<Report> take(Delta delta) {
        return deployment.take(delta);
    }

    /** What is done now and then: cells are published, old ones forgotten. */
    public void tidy() {
        deployment.publishStatistics();
        deployment.forgetOldBuckets();
    }

    /** What people see of it, as it is made anew once a second. */
    public DeploymentSnapshot snapshot() {
        return deployment.snapshot(SliceStanding.MINIMUM_SHOWN);
    }

    /** The cells that changed since this was last called, as they are published. */
    public List<Report> publish() {
        return deployment.publishStatistics();
    }

    /** The same deployment read back from its store, as after a move to another instance. */
    public Object wakeAgain() {
        WatchedDeployment again = new WatchedDeployment(id, policy, store, new WarmCells());
        again.wake();
        return again;
    }

    /** All that is in the store. */
    public void eachPair(BiConsumer<Bytes, byte[]> consumer) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> pair = all.next();
                consumer.accept(pair.key, pair.value);
            }
        }
    }
}
