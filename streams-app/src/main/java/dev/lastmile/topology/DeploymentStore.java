package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.SliceRegistry;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.topology.serde.BucketCellCodec;
import dev.lastmile.topology.serde.DeploymentCodec;
import dev.lastmile.topology.serde.DeploymentCodec.Reading;
import dev.lastmile.topology.serde.DeploymentCodec.Writing;
import dev.lastmile.topology.serde.DeploymentKeys;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import dev.lastmile.topology.serde.SliceCountsCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** One deployment's part of the deployments store, by what it means instead of by bytes. */
final class DeploymentStore {

    private final DeploymentId deployment;
    private final KeyValueStore<Bytes, byte[]> store;
    private final byte[] totals;
    private final byte[] detectors;
    private final byte[] cells;
    private final byte[] unpublished;

    /** The marks of cells that were not published, once those that were found in the store have been taken. */
    private final Map<CellKey, Bytes> marks = new HashMap<>();

    private boolean hasOldMarks = true;

    DeploymentStore(DeploymentId deployment, KeyValueStore<Bytes, byte[]> store) {
        this.deployment = deployment;
        this.store = store;
        totals = DeploymentKeys.prefixOf(deployment, Part.TOTAL);
        detectors = DeploymentKeys.prefixOf(deployment, Part.DETECTOR);
        cells = DeploymentKeys.prefixOf(deployment, Part.CELL);
        unpublished = DeploymentKeys.prefixOf(deployment, Part.UNPUBLISHED);
    }

    Optional<DeploymentHead> head() {
        return Optional.ofNullable(store.get(DeploymentKeys.of(deployment, Part.HEAD)))
                .map(DeploymentCodec::readHead);
    }

    void put(DeploymentHead head) {
        store.put(DeploymentKeys.of(deployment, Part.HEAD), DeploymentCodec.write(head));
    }

    void restore(SliceRegistry registry) {
        byte[] bytes = store.get(DeploymentKeys.of(deployment, Part.REGISTRY));
        if (bytes != null) {
            DeploymentCodec.restore(registry, bytes);
        }
    }

    void put(SliceRegistry registry) {
        store.put(DeploymentKeys.of(deployment, Part.REGISTRY), DeploymentCodec.write(registry));
    }

    <T> Optional<T> read(Part part, Reading<T> reading) {
        return Optional.ofNullable(store.get(DeploymentKeys.of(deployment, part)))
                .map(bytes -> DeploymentCodec.read(bytes, reading));
    }

    void write(Part part, Writing domain) {
        store.put(DeploymentKeys.of(deployment, part), DeploymentCodec.bytesOf(domain));
    }

    void delete(Part part) {
        store.delete(DeploymentKeys.of(deployment, part));
    }

    void eachTotal(BiConsumer<VersionSlice, SliceCounts> consumer) {
        each(
                Part.TOTAL,
                (key, value) -> consumer.accept(DeploymentKeys.versionSlice(key), SliceCountsCodec.read(value)));
    }

    void put(VersionSlice key, SliceCounts total) {
        store.put(DeploymentKeys.of(totals, key), SliceCountsCodec.write(total));
    }

    void eachDetector(BiConsumer<VersionSlice, byte[]> consumer) {
        each(Part.DETECTOR, (key, value) -> consumer.accept(DeploymentKeys.versionSlice(key), value));
    }

    void deleteDetectors() {
        List<Bytes> keys = new ArrayList<>();
        each(Part.DETECTOR, (key, value) -> keys.add(key));
        keys.forEach(store::delete);
    }

    void put(VersionSlice key, Writing detector) {
        store.put(DeploymentKeys.of(detectors, key), DeploymentCodec.bytesOf(detector));
    }

    BucketCell cell(CellKey key) {
        byte[] bytes = store.get(DeploymentKeys.of(cells, key));
        return bytes == null ? new BucketCell() : BucketCellCodec.read(bytes);
    }

    void put(CellKey key, BucketCell cell) {
        store.put(DeploymentKeys.of(cells, key), BucketCellCodec.write(cell));
    }

    void eachCell(BiConsumer<CellKey, BucketCell> consumer) {
        each(Part.CELL, (key, value) -> consumer.accept(DeploymentKeys.cellKey(key), BucketCellCodec.read(value)));
    }

    /** The cells of a version whose bucket starts in [fromMs, toExclusiveMs), in the order of time. */
    void eachCellBetween(
            String modelVersion, long fromMs, long toExclusiveMs, BiConsumer<CellKey, BucketCell> consumer) {
        Bytes from = DeploymentKeys.firstOf(deployment, Part.CELL, modelVersion, Math.max(0, fromMs));
        Bytes end = DeploymentKeys.firstOf(deployment, Part.CELL, modelVersion, Math.max(0, toExclusiveMs));
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, end)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                consumer.accept(DeploymentKeys.cellKey(entry.key), BucketCellCodec.read(entry.value));
            }
        }
    }

    /** Forgets the cells of a version whose bucket started before {@code bucketStartMs}. */
    void deleteCellsBefore(String modelVersion, long bucketStartMs) {
        List<Bytes> old = new ArrayList<>();
        Bytes from = DeploymentKeys.firstOf(deployment, Part.CELL, modelVersion);
        Bytes to = DeploymentKeys.endOf(deployment, Part.CELL, modelVersion);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
            while (entries.hasNext()
                    && DeploymentKeys.cellKey(entries.peekNextKey()).bucketStartMs() < bucketStartMs) {
                old.add(entries.next().key);
            }
        }
        old.forEach(store::delete);
    }

    /** Marks a cell, once however often it changes. */
    void markUnpublished(CellKey key) {
        if (!marks.containsKey(key)) {
            Bytes mark = DeploymentKeys.of(unpublished, key);
            marks.put(key, mark);
            store.put(mark, new byte[0]);
        }
    }

    /** The marked cells in the order of their keys in the store; none is marked any more. */
    List<CellKey> takeUnpublished() {
        if (hasOldMarks) {
            each(Part.UNPUBLISHED, (mark, value) -> marks.putIfAbsent(DeploymentKeys.cellKey(mark), mark));
            hasOldMarks = false;
        }
        List<Map.Entry<CellKey, Bytes>> taken = new ArrayList<>(marks.entrySet());
        taken.sort(Map.Entry.comparingByValue());
        List<CellKey> keys = new ArrayList<>(taken.size());
        for (Map.Entry<CellKey, Bytes> mark : taken) {
            store.delete(mark.getValue());
            keys.add(mark.getKey());
        }
        marks.clear();
        return keys;
    }

    private void each(Part part, BiConsumer<Bytes, byte[]> consumer) {
        Bytes from = DeploymentKeys.of(deployment, part);
        Bytes end = DeploymentKeys.endOf(deployment, part);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, end)) {
            // A range holds its end too, which may be the key of the part that comes next.
            while (entries.hasNext() && !entries.peekNextKey().equals(end)) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                consumer.accept(entry.key, entry.value);
            }
        }
    }
}
