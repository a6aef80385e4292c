package dev.lastmile.topology.waiting;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The join's store in a topology: one a task, logged in blocks. */
public final class JoinStore {

    /** Its name, and its changelog's. */
    public static final String NAME = "join";

    private final BlockStore.Supplier supplier = new BlockStore.Supplier(NAME);

    /**
     * Makes the stores.
     *
     * @param logged whether another instance can restore them
     */
    public StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(boolean logged) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> builder =
                Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray());
        return logged ? builder.withLoggingEnabled(Map.of()) : builder.withLoggingDisabled();
    }

    /** What the store of a task holds, as it was saved last. */
    public JoinTable tableOf(ProcessorContext<?, ?> context) {
        KeyValueStore<Bytes, byte[]> logged = context.getStateStore(NAME);
        return new JoinTable(logged::put, supplier.segmentsOf(context.taskId()));
    }
}
