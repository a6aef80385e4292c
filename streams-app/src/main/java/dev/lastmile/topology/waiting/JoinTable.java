package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Joiner;
import dev.lastmile.topology.serde.ByteWriter;
import dev.lastmile.topology.serde.EntryTerms;
import dev.lastmile.topology.serde.JoinEntryCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One entry an inference id, of one task. What changed since the last {@link #save} is on the heap alone, and belongs to records
 * whose offsets are not yet committed. Where the ground truth comes soon, it finds its inference there. Mutable.
 *
 * <p>Ids are looked up many at once: {@link #fetch} first, then {@link #read} each.
 */
public final class JoinTable {

    /** Entries of so much weight, some 12 MB, are saved before the commit, so that the heap does not fill. */
    private static final int MOST_WEIGHT = 30_000;

    private final BiConsumer<Bytes, byte @Nullable []> blocks;
    private final Segments segments;
    private final Deadlines deadlines = new Deadlines();
    private final Tidying tidying;

    private final Map<EntryId, Held> changed = new HashMap<>();
    private final Map<EntryId, Held> fetched = new HashMap<>();
    private int weight;

    /**
     * What a record finds under its id.
     *
     * @param entry absent where there is none, or none any more
     * @param expired what became of the records of an entry that is none any more; absent where there was nothing to count
     */
    public record Kept(@Nullable JoinEntry entry, @Nullable Ledger expired) {

        static final Kept NOTHING = new Kept(null, null);
    }

    /**
     * What the segments hold.
     *
     * @param blocks takes what is written to them, and logs it; no block takes a segment away
     */
    JoinTable(BiConsumer<Bytes, byte @Nullable []> blocks, Segments segments) {
        this.blocks = blocks;
        this.segments = segments;
        segments.load(deadlines);
        tidying = new Tidying(segments);
    }

    /** Finds what is kept under these ids, for {@link #read}; the ids of an earlier call are forgotten. */
    public void fetch(Collection<EntryId> ids) {
        fetched.clear();
        Set<EntryId> missing = new HashSet<>(ids);
        missing.removeIf(changed::containsKey);
        find(missing, null, fetched);
    }

    /**
     * Finds what is stored.
     *
     * @param ids in any order
     * @param newerThan only in newer segments than this; absent for all
     * @param found where to put it
     */
    private void find(Collection<EntryId> ids, @Nullable Segment newerThan, Map<EntryId, Held> found) {
        List<EntryId> missing = new ArrayList<>(ids);
        for (Segment segment : segments.newestFirst()) {
            if (missing.isEmpty() || segment.equals(newerThan)) {
                return;
            }
            List<byte[]> keys = new ArrayList<>(missing.size());
            missing.forEach(id -> keys.add(id.bytes()));
            List<byte @Nullable []> values = segments.get(segment, keys);
            List<EntryId> still = new ArrayList<>(missing.size());
            for (int i = 0; i < values.size(); i++) {
                byte[] value = values.get(i);
                if (value == null) {
                    still.add(missing.get(i));
                } else {
                    found.put(missing.get(i), segment.entry(value));
                }
            }
            missing = still;
        }
    }

    private @Nullable Held find(EntryId id) {
        Held held = changed.get(id);
        return held == null ? fetched.get(id) : held;
    }

    /**
     * What is there for a record.
     *
     * @param id one of those fetched last
     * @param appendMs when the broker appended the record: an entry whose deadline is before is none any more
     */
    public Kept read(EntryId id, long appendMs) {
        Held held = find(id);
        if (held == null) {
            return Kept.NOTHING;
        }
        boolean counted = deadlines.hold(held);
        if (held.entry().deadlineMs() < appendMs) {
            return counted ? new Kept(null, Joiner.expired(held.entry().waiting())) : Kept.NOTHING;
        }
        return counted ? new Kept(held.entry(), null) : Kept.NOTHING;
    }

    /**
     * Keeps an entry in place of what {@link #read} found, or found to be gone.
     *
     * @param keepMs how long after its event an entry's deadline is
     * @param appendMs of the record that changed it
     */
    public void keep(EntryId id, DeploymentId deployment, long keepMs, JoinEntry entry, long appendMs) {
        Held before = find(id);
        if (before != null && deadlines.hold(before)) {
            deadlines.remove(before);
        }
        Held held = new Held(deployment, keepMs, entry);
        deadlines.add(held);
        put(id, held);
        segments.current().note(deployment.customer(), Span.of(held, appendMs));
    }

    private void put(EntryId id, Held held) {
        changed.put(id, held);
        weight += held.weight();
    }

    /** Whether so much changed that it should be saved before the commit. */
    public boolean isLarge() {
        return weight >= MOST_WEIGHT;
    }

    /** Writes what changed, to the broker and to RocksDB. */
    public void save() {
        if (changed.isEmpty() && !deadlines.isChanged()) {
            return;
        }
        Segment segment = segments.current();
        Block block = new Block();
        deadlines.takeChanged((step, waits) -> {
            Segment.write(step, waits, block);
            writeIfFull(segment, block);
        });
        segment.spans().forEach((customer, span) -> {
            Segment.write(customer, span, block);
            writeIfFull(segment, block);
        });
        List<Map.Entry<EntryId, Held>> sorted = new ArrayList<>(changed.entrySet());
        sorted.sort(Map.Entry.comparingByKey());
        ByteWriter value = new ByteWriter();
        for (Map.Entry<EntryId, Held> entry : sorted) {
            Held held = entry.getValue();
            EntryTerms terms = held.terms();
            JoinEntryCodec.write(held.entry(), terms, segment.numberOf(terms, block), value.clear());
            block.put(entry.getKey().bytes(), value);
            writeIfFull(segment, block);
        }
        if (!block.isEmpty()) {
            write(segment, block);
        }
        changed.clear();
        weight = 0;
    }

    private void writeIfFull(Segment segment, Block block) {
        if (block.isFull()) {
            write(segment, block);
        }
    }

    private void write(Segment segment, Block block) {
        Bytes key = BlockStore.key(segment.number(), segment.blocks());
        blocks.accept(key, segment.close(block));
    }

    /** Whether {@link #expire} or {@link #tidy} would find anything to do. */
    public boolean isSweepDue(ToLongFunction<String> overBeforeMs) {
        return deadlines.isAnyOver(overBeforeMs) || isFull() || tidying.isOldestOver(overBeforeMs) || tidying.isDue();
    }

    private boolean isFull() {
        return segments.count() > 0
                && segments.current().spans().values().stream().anyMatch(Span::isFull);
    }

    /**
     * Counts what expired.
     *
     * @param overBeforeMs of a customer, the broker append time before which no record of theirs can come
     * @return changes of the ledgers of deployments
     */
    public Map<DeploymentId, Ledger> expire(ToLongFunction<String> overBeforeMs) {
        return deadlines.expire(overBeforeMs);
    }

    /**
     * Frees the space of what expired, if there is any to be freed. Everything must be saved.
     *
     * @param overBeforeMs as for {@link #expire}, which must have been called
     * @param limit entries looked at in one call at most; the next goes on where it ended
     */
    public void tidy(ToLongFunction<String> overBeforeMs, int limit) {
        if (isFull()) {
            segments.roll();
        }
        if (tidying.isOldestOver(overBeforeMs)) {
            drop(segments.oldest());
        } else if (tidying.isDue()) {
            carry(tidying.next(overBeforeMs, limit));
            if (tidying.isAtEnd()) {
                deadlines.touch();
                save();
                drop(segments.oldest());
            }
        }
    }

    /** Entries of customers who are behind move on to the newest segment, unless a newer version is there already. */
    private void carry(Map<EntryId, Held> alive) {
        Map<EntryId, Held> newer = new HashMap<>();
        find(alive.keySet(), segments.oldest(), newer);
        alive.keySet().removeAll(newer.keySet());
        alive.forEach((id, held) -> {
            put(id, held);
            segments.current().note(held.deployment().customer(), Span.handedOn(held));
        });
        save();
    }

    private void drop(Segment segment) {
        tidying.restart();
        int written = segment.blocks();
        for (int block = 0; block < written; block++) {
            blocks.accept(BlockStore.key(segment.number(), block), null);
        }
        if (written == 0) {
            segments.drop(segment.number());
        }
    }
}
