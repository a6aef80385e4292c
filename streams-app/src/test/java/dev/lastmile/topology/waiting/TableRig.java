package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A join table over a real RocksDB, with its changelog at hand. */
final class TableRig implements AutoCloseable {

    static final DeploymentId WARD = new DeploymentId("st-marys", "ward-7");
    static final long KEEP_MS = 64_000;

    private final Path root;
    private final EntryIds ids = new EntryIds(WARD);
    private final Map<Bytes, byte[]> changelog = new LinkedHashMap<>();
    private long roomBytes;
    private BlockStore.Supplier supplier = new BlockStore.Supplier("join");
    private int directories;
    private KeyValueStore<Bytes, byte[]> store;
    private JoinTable table;

    TableRig(Path root) throws IOException {
        this(root, 100 << 20);
    }

    /** With so many bytes for page tables. */
    TableRig(Path root, long roomBytes) throws IOException {
        this.root = root;
        this.roomBytes = roomBytes;
        store = openStore();
        table = openTable();
    }

    private KeyValueStore<Bytes, byte[]> openStore() throws IOException {
        KeyValueStore<Bytes, byte[]> opened = supplier.get();
        Properties properties = new Properties();
        properties.setProperty(JoinStore.INDEX_BYTES, Long.toString(roomBytes));
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(
                properties,
                new TaskId(0, 0),
                Files.createDirectories(root.resolve("state-" + directories)).toFile());
        opened.init(context.getStateStoreContext(), opened);
        return opened;
    }

    private JoinTable openTable() {
        return new JoinTable(this::log, supplier.segmentsOf(new TaskId(0, 0)));
    }

    EntryId id(String inferenceId) {
        return ids.of(inferenceId);
    }

    JoinTable table() {
        return table;
    }

    /** What is read under an id by a record of that time. */
    @Nullable
    JoinEntry read(String inferenceId, long appendMs) {
        return find(id(inferenceId), appendMs).entry();
    }

    JoinTable.Kept find(EntryId id, long appendMs) {
        return table.read(fetched(id), appendMs);
    }

    void keep(EntryId id, JoinEntry entry, long appendMs) {
        int slot = fetched(id);
        table.keep(slot, table.read(slot, appendMs), entry, appendMs);
    }

    private int fetched(EntryId id) {
        return table.fetch(List.of(id))[0];
    }

    Map<DeploymentId, Ledger> sweep(ToLongFunction<String> overBeforeMs, int limit) {
        Map<DeploymentId, Ledger> expired = table.expire(overBeforeMs);
        table.save();
        table.tidy(overBeforeMs, limit);
        return expired;
    }

    /** Stops as one should, and starts over the same directory. */
    void restart() throws IOException {
        store.close();
        store = openStore();
        table = openTable();
    }

    /** The same, with more or less heap from now on. */
    void restart(long newRoomBytes) throws IOException {
        roomBytes = newRoomBytes;
        supplier = new BlockStore.Supplier("join");
        restart();
    }

    /** Loses the machine: all that is left is the changelog, as compaction leaves it. */
    void restore() throws IOException {
        store.close();
        directories++;
        store = openStore();
        changelog.forEach((key, block) -> store.put(key, block));
        table = openTable();
    }

    /** As when a changelog has a block like this. */
    void restore(byte[] block) {
        store.put(BlockStore.key(1, 0), block);
    }

    /** Blocks that are not yet taken away. */
    int blocks() {
        return changelog.size();
    }

    int largestBlock() {
        return changelog.values().stream().mapToInt(block -> block.length).max().orElse(0);
    }

    long bytes() {
        return changelog.values().stream().mapToLong(block -> block.length).sum();
    }

    int segments() {
        return supplier.segmentsOf(new TaskId(0, 0)).count();
    }

    /** Whether the heap has no room for all ids. */
    boolean isSpilled() {
        return supplier.segmentsOf(new TaskId(0, 0)).current().pages().isSpilled();
    }

    @Override
    public void close() {
        store.close();
    }

    /** As what Kafka Streams puts around the store does: every block is logged too. */
    private void log(Bytes key, byte @Nullable [] block) {
        store.put(key, block);
        if (block == null) {
            changelog.remove(key);
        } else {
            changelog.put(key, block);
        }
    }
}
