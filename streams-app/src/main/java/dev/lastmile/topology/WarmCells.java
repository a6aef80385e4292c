package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a task that were read or written of late, as bytes: those that change are about to change again and to be
 * published, and asking RocksDB for one costs more than all else that is done with it. What stands here is what the store
 * holds, never more and never newer, so that it may be forgotten at any time. Mutable.
 *
 * <p>Bucket by bucket, as cells are asked for and as they grow old together: what is looked through is small, and when there
 * is too much, the bucket is forgotten that was not asked for the longest.
 */
final class WarmCells {

    /** For each task: some fifty thousand cells. */
    static final int MOST_BYTES = 12 << 20;

    /** What a cell takes on the heap beside its bytes: an entry of a map, and the array's header. */
    private static final int ENTRY_BYTES = 80;

    private final int mostBytes;
    private final Map<Key, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
    private int bytes;

    /** Where the last cell was: the next one is in the same bucket as a rule. */
    private @Nullable Key lastKey;

    private @Nullable Bucket last;

    private record Key(DeploymentId deployment, String modelVersion, long startMs) {

        boolean holds(DeploymentId other, CellKey cell) {
            return startMs == cell.bucketStartMs()
                    && modelVersion.equals(cell.modelVersion())
                    && deployment.equals(other);
        }
    }

    private static final class Bucket {
        private final Map<Slice, byte[]> cells = new HashMap<>();
        private int bytes;
    }

    WarmCells() {
        this(MOST_BYTES);
    }

    /**
     * @param mostBytes of heap, about
     */
    WarmCells(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A cell's bytes in the store, which must not be changed; absent where that is not known. */
    byte @Nullable [] get(DeploymentId deployment, CellKey cell) {
        Bucket bucket = find(deployment, cell);
        return bucket == null ? null : bucket.cells.get(cell.slice());
    }

    /**
     * The store holds these bytes of a cell now.
     *
     * @return what it is known to have held before
     */
    byte @Nullable [] put(DeploymentId deployment, CellKey cell, byte[] itsBytes) {
        Bucket bucket = find(deployment, cell);
        if (bucket == null) {
            bucket = new Bucket();
            last = bucket;
            lastKey = new Key(deployment, cell.modelVersion(), cell.bucketStartMs());
            buckets.put(lastKey, bucket);
        }
        byte[] before = bucket.cells.put(cell.slice(), itsBytes);
        add(bucket, before == null ? ENTRY_BYTES + itsBytes.length : itsBytes.length - before.length);
        return before;
    }

    private void add(Bucket bucket, int more) {
        bucket.bytes += more;
        bytes += more;
        Iterator<Bucket> oldest = buckets.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= oldest.next().bytes;
            oldest.remove();
            last = null;
        }
    }

    /** The store holds a cell no more. */
    void remove(DeploymentId deployment, CellKey cell) {
        Bucket bucket = find(deployment, cell);
        byte[] before = bucket == null ? null : bucket.cells.remove(cell.slice());
        if (bucket != null && before != null) {
            add(bucket, -ENTRY_BYTES - before.length);
        }
    }

    private @Nullable Bucket find(DeploymentId deployment, CellKey cell) {
        if (last == null || lastKey == null || !lastKey.holds(deployment, cell)) {
            lastKey = new Key(deployment, cell.modelVersion(), cell.bucketStartMs());
            last = buckets.get(lastKey);
        }
        return last;
    }
}
