package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Opens the second stage of one deployment to the benchmarks, with a store on the heap. */
public final class SecondStageLoop {

    private final WatchedDeployment deployment;

    /** Of a deployment of which nothing is known yet. */
    public SecondStageLoop(DeploymentId id, DeploymentPolicy policy) {
        // Never initialised: it needs no context to keep pairs.
        KeyValueStore<Bytes, byte[]> store =
                Stores.inMemoryKeyValueStore("deployments").get();
        deployment = new WatchedDeployment(id, policy, store);
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
}
