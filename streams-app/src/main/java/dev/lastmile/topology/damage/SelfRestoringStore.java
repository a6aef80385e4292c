package dev.lastmile.topology.damage;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A RocksDB of Kafka Streams that is looked through before it is used, and whose failures are told as damage. */
final class SelfRestoringStore implements KeyValueStore<Bytes, byte[]> {

    /** Where Kafka Streams puts a task's stores, beneath its directory. */
    private static final String FOLDER = "/rocksdb/";

    private final KeyValueStore<Bytes, byte[]> inner;
    private @Nullable TaskId task;
    private @Nullable Damages damages;

    SelfRestoringStore(KeyValueStore<Bytes, byte[]> inner) {
        this.inner = inner;
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProcessorStateException e) {
            throw task == null || damages == null ? e : damages.told(e, task);
        }
    }

    private void guarded(Runnable work) {
        guarded(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        task = context.taskId();
        damages = Damages.in(context.appConfigs());
        guarded(() -> {
            Checkup.of(context.stateDir() + FOLDER + name());
            inner.init(context, root);
        });
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        guarded(() -> inner.put(key, value));
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        return guarded(() -> inner.putIfAbsent(key, value));
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        guarded(() -> inner.putAll(entries));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        return guarded(() -> inner.delete(key));
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return guarded(() -> inner.get(key));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return guarded(() -> new Entries(inner.range(from, to)));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return guarded(() -> new Entries(inner.reverseRange(from, to)));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return guarded(() -> new Entries(inner.all()));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return guarded(() -> new Entries(inner.reverseAll()));
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
        return guarded(() -> new Entries(inner.prefixScan(prefix, serializer)));
    }

    @Override
    public long approximateNumEntries() {
        return guarded(inner::approximateNumEntries);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        guarded(() -> inner.commit(changelogOffsets));
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return guarded(() -> inner.committedOffset(partition));
    }

    @Override
    @Deprecated
    public boolean managesOffsets() {
        return inner.managesOffsets();
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public Position getPosition() {
        return inner.getPosition();
    }

    private final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final KeyValueIterator<Bytes, byte[]> entries;

        Entries(KeyValueIterator<Bytes, byte[]> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return guarded(entries::hasNext);
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            return guarded(entries::next);
        }

        @Override
        public Bytes peekNextKey() {
            return guarded(entries::peekNextKey);
        }

        @Override
        public void close() {
            entries.close();
        }
    }
}
