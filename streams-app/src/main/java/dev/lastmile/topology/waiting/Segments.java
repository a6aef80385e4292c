package dev.lastmile.topology.waiting;

import dev.lastmile.topology.BoundedRocksMemory;
import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.BlockBasedTableConfig;
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

    private static final long MEMTABLE_BYTES = 16L << 20;

    private final DBOptions databaseOptions;
    private final ColumnFamilyOptions pageOptions;
    private final ColumnFamilyOptions otherOptions;
    private final ColumnFamilyHandle offsets;
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final ReadOptions readOptions = new ReadOptions();
    private final RocksDB database;
    private final Room room;
    private final Function<ProcessorStateException, RuntimeException> failures;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final TreeMap<Integer, Segment> segments = new TreeMap<>();

    /**
     * Opens what is there, or makes it.
     *
     * @param configs the memory that all RocksDBs share
     * @param room what the page tables of all of them may take
     * @param failures what is thrown instead of a failure
     */
    Segments(
            String directory,
            Map<String, Object> configs,
            Room room,
            Function<ProcessorStateException, RuntimeException> failures) {
        this.room = room;
        this.failures = failures;
        databaseOptions = new DBOptions()
                .setCreateIfMissing(true)
                // A crash may come while those of a segment are made.
                .setCreateMissingColumnFamilies(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setAllowConcurrentMemtableWrite(false);
        BlockBasedTableConfig table = BoundedRocksMemory.share(databaseOptions, configs);
        otherOptions = options(CompactionStyle.UNIVERSAL, table);
        // Pages come in the order of their numbers, and none twice: files move down the levels as they are, and nothing
        // is to be filtered.
        pageOptions = options(
                CompactionStyle.LEVEL,
                BoundedRocksMemory.share(databaseOptions, configs).setFilterPolicy(null));
        List<Integer> numbers;
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            numbers = segmentsIn(directory);
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, otherOptions));
            numbers.forEach(number -> descriptors.addAll(familiesOf(number)));
            database = RocksDB.open(databaseOptions, directory, descriptors, handles);
        } catch (RocksDBException e) {
            closeOptions();
            throw failed(e);
        }
        offsets = handles.get(0);
        for (int i = 0; i < numbers.size(); i++) {
            int first = 1 + i * Families.SUFFIXES.size();
            Families families = Families.of(handles.subList(first, first + Families.SUFFIXES.size()));
            segments.put(numbers.get(i), new Segment(numbers.get(i), new Pages(families, room)));
        }
        open();
    }

    private void open() {
        try {
            committed.putAll(takeOffsets());
            for (Segment segment : segments.values()) {
                segment.pages().open(database, writeOptions);
            }
        } catch (RocksDBException e) {
            // Nobody else will: an open database keeps all others from its directory.
            close();
            throw failed(e);
        }
    }

    private static ColumnFamilyOptions options(CompactionStyle style, BlockBasedTableConfig table) {
        return BoundedRocksMemory.neverStopWrites(new ColumnFamilyOptions())
                .setCompactionStyle(style)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setTableFormatConfig(table);
    }

    private static List<Integer> segmentsIn(String directory) throws RocksDBException {
        TreeSet<Integer> numbers = new TreeSet<>();
        try (Options options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, directory)) {
                if (!Arrays.equals(name, RocksDB.DEFAULT_COLUMN_FAMILY)) {
                    numbers.add(Families.segmentOf(name));
                }
            }
        }
        return List.copyOf(numbers);
    }

    private List<ColumnFamilyDescriptor> familiesOf(int segment) {
        return Families.SUFFIXES.stream()
                .map(suffix -> new ColumnFamilyDescriptor(
                        Families.name(segment, suffix), suffix.equals(Families.PAGES) ? pageOptions : otherOptions))
                .toList();
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
        try {
            Segment made = new Segment(
                    number, new Pages(Families.of(database.createColumnFamilies(familiesOf(number))), room));
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
        try {
            for (Segment segment : segments.values()) {
                segment.load(database, deadlines);
            }
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Writes a block. */
    void write(int number, byte[] block) {
        byte[] values = Block.asBatch(block, segment(number).pages());
        try (WriteBatch batch = new WriteBatch(values)) {
            database.write(writeOptions, batch);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Reads pages of a segment, in any order. */
    List<byte[]> pages(Segment segment, List<Integer> numbers) {
        try {
            return segment.pages().read(database, readOptions, numbers);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Reads in which pages of a segment there are entries of ids that its table has no room for. */
    int[] spilled(Segment segment, List<byte[]> ids) {
        try {
            return segment.pages().readSpilled(database, readOptions, ids);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Removes a segment and all that is in it, if it is there. */
    void drop(int number) {
        Segment gone = segments.remove(number);
        if (gone != null) {
            try (Pages pages = gone.pages()) {
                database.dropColumnFamilies(pages.families().all());
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }
    }

    /** How far of the changelog {@link #flush} said that it is. */
    Map<TopicPartition, Long> committed() {
        return committed;
    }

    /** They are noted nowhere any more, so that they do not outlive what is written from now on. */
    private Map<TopicPartition, Long> takeOffsets() throws RocksDBException {
        Map<TopicPartition, Long> taken = new HashMap<>();
        try (RocksIterator all = database.newIterator(offsets);
                FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                ByteReader key = new ByteReader(all.key());
                taken.put(new TopicPartition(key.text(), (int) key.number()), new ByteReader(all.value()).number());
            }
            all.status();
            for (TopicPartition partition : taken.keySet()) {
                database.delete(offsets, writeOptions, key(partition));
            }
            database.flush(options, offsets);
            return taken;
        }
    }

    private static byte[] key(TopicPartition partition) {
        return new ByteWriter()
                .text(partition.topic())
                .number(partition.partition())
                .toByteArray();
    }

    /**
     * Brings everything to the disk; nothing must be written afterwards.
     *
     * @param reached how far of the changelog it is
     */
    void flush(Map<TopicPartition, Long> reached) {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            for (Segment segment : segments.values()) {
                segment.pages().putDown(database, writeOptions);
                families.addAll(segment.pages().families().all());
            }
            if (!families.isEmpty()) {
                database.flush(options, families);
            }
            for (Map.Entry<TopicPartition, Long> entry : reached.entrySet()) {
                byte[] offset = new ByteWriter().number(entry.getValue()).toByteArray();
                database.put(offsets, writeOptions, key(entry.getKey()), offset);
            }
            database.flush(options, offsets);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(RocksDBException e) {
        return failures.apply(new ProcessorStateException("The join's store failed", e));
    }

    @Override
    public void close() {
        segments.values().forEach(segment -> segment.pages().close());
        segments.clear();
        offsets.close();
        database.close();
        closeOptions();
    }

    private void closeOptions() {
        readOptions.close();
        writeOptions.close();
        pageOptions.close();
        otherOptions.close();
        databaseOptions.close();
    }
}
