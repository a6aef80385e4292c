package dev.lastmile.topology.waiting;

import dev.lastmile.topology.BoundedRocksMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The segments of a task, in one RocksDB of their own. Without its write-ahead log: what a crash takes is in the changelog.
 * Every read is checksummed, as RocksDB does by itself. Mutable.
 */
final class Segments implements AutoCloseable {

    static {
        // Its options are native objects, and made before a database is opened.
        RocksDB.loadLibrary();
    }

    /** What is in memory is found more slowly, the more it is: larger ones cost more than the files they spare. */
    private static final long MEMTABLE_BYTES = 16L << 20;

    /** So many files may be searched before RocksDB makes one of them. */
    private static final int MOST_SMALL_FILES = 6;

    private static final double MEMTABLE_BLOOM_SHARE = 0.05;

    private final DBOptions databaseOptions;
    private final ColumnFamilyOptions familyOptions;
    private final ColumnFamilyHandle unused;
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final ReadOptions readOptions = new ReadOptions();
    private final RocksDB database;
    private final IdFilter.Room filters;
    private final TreeMap<Integer, Segment> segments = new TreeMap<>();

    /**
     * Opens what is there, or makes it.
     *
     * @param configs the memory that all RocksDBs share
     * @param filters what the filters of all of them may take
     */
    Segments(String directory, Map<String, Object> configs, IdFilter.Room filters) {
        this.filters = filters;
        databaseOptions = new DBOptions()
                .setCreateIfMissing(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setAllowConcurrentMemtableWrite(false);
        familyOptions = insertingWithHints()
                .setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setLevel0FileNumCompactionTrigger(MOST_SMALL_FILES)
                .setMemtableWholeKeyFiltering(true)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE)
                .setTableFormatConfig(BoundedRocksMemory.share(databaseOptions, configs));
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions));
            for (byte[] name : familiesIn(directory)) {
                if (!Arrays.equals(name, RocksDB.DEFAULT_COLUMN_FAMILY)) {
                    descriptors.add(new ColumnFamilyDescriptor(name, familyOptions));
                }
            }
            database = RocksDB.open(databaseOptions, directory, descriptors, handles);
            unused = handles.get(0);
            for (int i = 1; i < handles.size(); i++) {
                int number = Integer.parseInt(nameOf(descriptors.get(i).getName()));
                Segment segment = new Segment(number, handles.get(i), filters);
                segment.takeUpFilter(database, writeOptions);
                segments.put(number, segment);
            }
        } catch (RocksDBException e) {
            throw new ProcessorStateException("The join's store cannot be opened: " + directory, e);
        }
    }

    /**
     * Entries come in order. RocksDB begins its search for the place of a key where it put the last one of the same first byte: a
     * quarter of an entry's cost. The option has no method of its own.
     */
    private static ColumnFamilyOptions insertingWithHints() {
        Properties hints = new Properties();
        hints.setProperty("memtable_insert_with_hint_prefix_extractor", "rocksdb.FixedPrefix.1");
        ColumnFamilyOptions options = ColumnFamilyOptions.getColumnFamilyOptionsFromProps(hints);
        if (options == null) {
            throw new IllegalStateException("this RocksDB does not know " + hints);
        }
        return options;
    }

    private static List<byte[]> familiesIn(String directory) throws RocksDBException {
        try (Options options = new Options()) {
            return RocksDB.listColumnFamilies(options, directory);
        }
    }

    private static String nameOf(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Where entries are written; one is made where there is none. */
    Segment current() {
        return segments.isEmpty() ? segment(1) : segments.lastEntry().getValue();
    }

    /** The segment of that number; it is made where there is none. */
    Segment segment(int number) {
        Segment there = segments.get(number);
        if (there != null) {
            return there;
        }
        byte[] name = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
        try {
            Segment made = new Segment(
                    number, database.createColumnFamily(new ColumnFamilyDescriptor(name, familyOptions)), filters);
            segments.put(number, made);
            return made;
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Begins a new segment. */
    void roll() {
        segment(current().number() + 1);
    }

    /** All, the newest first. */
    Iterable<Segment> newestFirst() {
        return segments.descendingMap().values();
    }

    int count() {
        return segments.size();
    }

    Segment oldest() {
        return segments.firstEntry().getValue();
    }

    /** Reads what is no entry, of all. */
    void load(Deadlines deadlines) {
        segments.values().forEach(segment -> segment.load(database, deadlines));
    }

    /** Writes a block. */
    void write(int number, byte[] block) {
        Segment segment = segment(number);
        byte[] values = Block.asBatch(block, segment.family().getID(), segment.filter()::add);
        try (WriteBatch batch = new WriteBatch(values)) {
            database.write(writeOptions, batch);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Looks up keys in any order; null stands where there is none. */
    List<byte @Nullable []> get(Segment segment, List<byte[]> keys) {
        try {
            return database.multiGetAsList(readOptions, Collections.nCopies(keys.size(), segment.family()), keys);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    RocksIterator iterator(Segment segment) {
        return database.newIterator(segment.family(), readOptions);
    }

    /** Removes a segment and all that is in it, if it is there. */
    void drop(int number) {
        Segment gone = segments.remove(number);
        if (gone != null) {
            gone.filter().clear();
            try (ColumnFamilyHandle family = gone.family()) {
                database.dropColumnFamily(family);
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }
    }

    /** Brings everything to the disk; nothing must be written afterwards. */
    void flush() {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            for (Segment segment : segments.values()) {
                segment.putDownFilter(database, writeOptions);
                families.add(segment.family());
            }
            if (!families.isEmpty()) {
                database.flush(options, families);
            }
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private static ProcessorStateException failed(RocksDBException e) {
        return new ProcessorStateException("The join's store failed", e);
    }

    @Override
    public void close() {
        segments.values().forEach(segment -> {
            segment.filter().clear();
            segment.family().close();
        });
        segments.clear();
        unused.close();
        database.close();
        readOptions.close();
        writeOptions.close();
        familyOptions.close();
        databaseOptions.close();
    }
}
