package dev.lastmile.topology.damage;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/** Makes the stores of another supplier such that damage is healed, see {@link Damages}. */
public final class SelfRestoring implements KeyValueBytesStoreSupplier {

    private final KeyValueBytesStoreSupplier inner;

    /**
     * @param inner what its stores keep is in their changelogs
     */
    public SelfRestoring(KeyValueBytesStoreSupplier inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new SelfRestoringStore(inner.get());
    }

    @Override
    public String metricsScope() {
        return inner.metricsScope();
    }
}
