package dev.lastmile.topology.waiting;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The join's store as Kafka Streams sees it: a table of blocks, which it logs and restores as it does with any other. What is
 * in them is read through {@link JoinTable}.
 *
 * <p>Key: number of the segment, number of the block in it. No value takes the whole segment away.
 */
final class BlockStore implements KeyValueStore<Bytes, byte[]> {

    private final Supplier supplier;
    private @Nullable Segments segments;
    private @Nullable TaskId task;

    private BlockStore(Supplier supplier) {
        this.supplier = supplier;
    }

    /**
     * Makes one a task, and finds it again: what Kafka Streams hands to a processor is wrapped in its own stores, which only
     * know blocks.
     */
    static final class Supplier implements KeyValueBytesStoreSupplier {

        private final String name;
        private final Map<TaskId, BlockStore> open = new ConcurrentHashMap<>();
        private @Nullable Room room;

        Supplier(String name) {
            this.name = name;
        }

        /** One for all stores. */
        private synchronized Room room(Map<String, Object> configs) {
            if (room == null) {
                room = new Room(JoinStore.indexBytes(configs));
            }
            return room;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new BlockStore(this);
        }

        @Override
        public String metricsScope() {
            return "join";
        }

        Segments segmentsOf(TaskId task) {
            BlockStore store = open.get(task);
            if (store == null) {
                throw new IllegalStateException("no store is open of task " + task);
            }
            return store.opened();
        }
    }

    static Bytes key(int segment, int block) {
        return Bytes.wrap(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(segment)
                .putInt(block)
                .array());
    }

    private static int segmentOf(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }

    private Segments opened() {
        if (segments == null) {
            throw new IllegalStateException(name() + " is not open");
        }
        return segments;
    }

    @Override
    public String name() {
        return supplier.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        task = context.taskId();
        Map<String, Object> configs = context.appConfigs();
        segments = new Segments(context.stateDir() + "/" + name(), configs, supplier.room(configs));
        supplier.open.put(context.taskId(), this);
        context.register(root, this::apply);
    }

    private void apply(byte[] key, byte @Nullable [] block) {
        if (block == null) {
            opened().drop(segmentOf(key));
        } else {
            opened().write(segmentOf(key), block);
        }
    }

    @Override
    public void put(Bytes key, byte @Nullable [] block) {
        apply(key.get(), block);
    }

    /**
     * Does nothing: exactly-once, Kafka Streams remembers on this machine how far the store is only after {@link #close}, and
     * starts from the changelog where that did not happen.
     */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {}

    @Override
    public void close() {
        if (segments != null && task != null) {
            supplier.open.remove(task, this);
            segments.flush();
            segments.close();
            segments = null;
        }
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return segments != null;
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    @Override
    public long approximateNumEntries() {
        return 0;
    }

    @Override
    public byte[] get(Bytes key) {
        throw onlyWritten();
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] block) {
        throw onlyWritten();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> blocks) {
        throw onlyWritten();
    }

    @Override
    public byte[] delete(Bytes key) {
        throw onlyWritten();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw onlyWritten();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw onlyWritten();
    }

    private static UnsupportedOperationException onlyWritten() {
        return new UnsupportedOperationException("blocks are only written");
    }
}
