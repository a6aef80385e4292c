package dev.lastmile.topology.waiting;

import dev.lastmile.topology.damage.Damages;
import java.nio.ByteBuffer;
import java.util.HashMap;
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

    /** How far of the changelog is in the store. */
    private final Map<TopicPartition, Long> offsets = new HashMap<>();

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
        Damages damages = Damages.in(configs);
        segments = new Segments(
                context.stateDir() + "/" + name(),
                configs,
                supplier.room(configs),
                failure -> damages.told(failure, context.taskId()));
        offsets.clear();
        offsets.putAll(opened().committed());
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
     * Notes it on the heap only: how far the store is stands in it from {@link #close} on, until it is opened again. So it is
     * nowhere after a stop that was not in good order, and nowhere where the files are not those that were written; then Kafka
     * Streams starts from the beginning of the changelog. In a file of its own it would outlive the store.
     */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        if (changelogOffsets.isEmpty()) {
            offsets.clear();
        }
        changelogOffsets.forEach((partition, offset) -> {
            if (offset == null) {
                offsets.remove(partition);
            } else {
                offsets.put(partition, offset);
            }
        });
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return offsets.get(partition);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // nobody calls it but Kafka Streams
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public void close() {
        if (segments != null && task != null) {
            supplier.open.remove(task, this);
            try (Segments closing = segments) {
                segments = null;
                closing.flush(offsets);
            }
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
