package dev.lastmile.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.LRUCache;
import org.rocksdb.MutableColumnFamilyOptionsInterface;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one budget of write buffers for all RocksDB stores of the process, so that native memory does not
 * grow with the number of partitions. Index and filter blocks are charged to the same cache.
 *
 * <p>Kafka Streams makes these by reflection, one a store; the shared parts live as long as the process.
 */
public final class BoundedRocksMemory implements RocksDBConfigSetter {

    /** The configuration key of the memory for all stores together, in bytes. */
    public static final String MEMORY_BYTES = "lastmile.rocksdb.memory.bytes";

    private static final long DEFAULT_MEMORY_BYTES = 256L << 20;
    private static final double INDEX_AND_FILTER_SHARE = 0.2;
    private static final long BLOCK_SIZE = 16L << 10;
    private static final int BLOOM_BITS_PER_KEY = 10;

    /** More than there can be: the budget has them written long before. */
    private static final int NEVER = 1_000_000;

    private static @Nullable SharedMemory shared;

    /**
     * @param files watches for room after the disk was full: without it a database takes no write up again that it had stopped
     */
    private record SharedMemory(Cache cache, WriteBufferManager writeBuffers, SstFileManager files) {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        SharedMemory memory = sharedMemory(configs);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        options.setTableFormatConfig(sharing(memory, table));
        options.setWriteBufferManager(memory.writeBuffers());
        options.setSstFileManager(memory.files());
        neverStopWrites(options);
    }

    /**
     * Slows writes down at most. Where RocksDB has stopped one, it cannot recover from a full disk any more: the recovery waits for
     * the write, and the write for it.
     */
    public static <T extends MutableColumnFamilyOptionsInterface<T>> T neverStopWrites(T options) {
        return options.setMaxWriteBufferNumber(NEVER)
                .setLevel0StopWritesTrigger(NEVER)
                .setHardPendingCompactionBytesLimit(0);
    }

    /**
     * For a store that is not one of Kafka Streams' own: the same memory.
     *
     * @param options of a database, which then takes its write buffers from there
     * @param configs as Kafka Streams has them
     * @return how its tables have to be
     */
    public static BlockBasedTableConfig share(DBOptions options, Map<String, Object> configs) {
        SharedMemory memory = sharedMemory(configs);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setSstFileManager(memory.files());
        return sharing(memory, new BlockBasedTableConfig());
    }

    private static BlockBasedTableConfig sharing(SharedMemory memory, BlockBasedTableConfig table) {
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setBlockSize(BLOCK_SIZE);
        table.setFilterPolicy(new BloomFilter(BLOOM_BITS_PER_KEY));
        return table;
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the write buffers are shared with other stores, see above.
    }

    private static synchronized SharedMemory sharedMemory(Map<String, Object> configs) {
        if (shared == null) {
            Object configured = configs.get(MEMORY_BYTES);
            long bytes = configured == null ? DEFAULT_MEMORY_BYTES : Long.parseLong(configured.toString());
            Cache cache = new LRUCache(bytes, -1, false, INDEX_AND_FILTER_SHARE);
            // Write buffers are charged to the cache too, and may take half of it.
            shared = new SharedMemory(cache, new WriteBufferManager(bytes / 2, cache), fileManager());
        }
        return shared;
    }

    private static SstFileManager fileManager() {
        try {
            return new SstFileManager(Env.getDefault());
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB makes no file manager", e);
        }
    }
}
