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

    /** The configuration key of the heap that the index of ids may take, all tasks together, in bytes. */
    public static final String INDEX_BYTES = "lastmile.join.index.bytes";

    private static final int INDEX_OF_HEAP = 8;

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

    /** What the index takes at most where nothing else is configured: an eighth of the heap, in whole MiB. */
    public static long defaultIndexBytes() {
        return Math.max(1, (Runtime.getRuntime().maxMemory() / INDEX_OF_HEAP) >> 20) << 20;
    }

    static long indexBytes(Map<String, Object> configs) {
        Object configured = configs.get(INDEX_BYTES);
        return configured == null ? defaultIndexBytes() : Long.parseLong(configured.toString());
    }

    /** What the store of a task holds, as it was saved last. */
    public JoinTable tableOf(ProcessorContext<?, ?> context) {
        KeyValueStore<Bytes, byte[]> logged = context.getStateStore(NAME);
        return new JoinTable(logged::put, supplier.segmentsOf(context.taskId()));
    }
}
