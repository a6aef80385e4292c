package dev.lastmile.topology.damage;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Looks through the files of a RocksDB before it is used. What Kafka Streams reads by ranges needs that: its iterators end where a
 * block cannot be read as they end where all was read.
 */
final class Checkup {

    static {
        // Its options are native objects, and made before a database is opened.
        RocksDB.loadLibrary();
    }

    /** Of RocksDB's own, which it begins anew each time. */
    private static final int KEPT_LOGS = 2;

    private Checkup() {}

    /**
     * Reads all of it. Of one that does not say what it consists of, nothing is read: either it is yet to be made, or whoever opens
     * it fails.
     *
     * @throws ProcessorStateException if something is missing or not what was written
     */
    static void of(String directory) {
        List<ColumnFamilyDescriptor> families = familiesOf(directory);
        if (families.isEmpty()) {
            return;
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions().setKeepLogFileNum(KEPT_LOGS);
                RocksDB database = RocksDB.openReadOnly(options, directory, families, handles)) {
            try {
                database.verifyChecksum();
            } finally {
                handles.forEach(ColumnFamilyHandle::close);
            }
        } catch (RocksDBException e) {
            throw new ProcessorStateException("A store on this machine is damaged: " + directory, e);
        }
    }

    private static List<ColumnFamilyDescriptor> familiesOf(String directory) {
        try (Options options = new Options()) {
            return RocksDB.listColumnFamilies(options, directory).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
        } catch (RocksDBException e) {
            return List.of();
        }
    }
}
