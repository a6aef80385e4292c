package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Joiner;
import dev.lastmile.topology.serde.ByteWriter;
import dev.lastmile.topology.serde.JoinEntryCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One entry an inference id, of one task. What changed since the last {@link #save} is on the heap alone, and belongs to records
 * whose offsets are not yet committed. Where the ground truth comes soon, it finds its inference there. Mutable.
 *
 * <p>Ids are looked up many at once: {@link #slot} for each, then {@link #fetch}, then {@link #read} each.
 */
public final class JoinTable {

    /** Entries of so much weight, some 12 MB, are saved before the commit, so that the heap does not fill. */
    private static final int MOST_WEIGHT = 30_000;

    private final BiConsumer<Bytes, byte @Nullable []> blocks;
    private final Segments segments;
    private final Deadlines deadlines = new Deadlines();
    private final Tidying tidying;

    private final Slots slots = new Slots();
    private final List<Slot> wanted = new ArrayList<>();
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

    /** Where to find what is kept under an id, after the next {@link #fetch} and until the next {@link #save}. */
    public Slot slot(EntryId id) {
        int before = slots.size();
        Slot slot = slots.of(id);
        if (slots.size() > before) {
            wanted.add(slot);
        }
        return slot;
    }

    /** Finds what is stored under the ids that were asked for since the last call. */
    public void fetch() {
        find(wanted, null);
        for (Slot slot : wanted) {
            weight += slot.weight();
        }
        wanted.clear();
    }

    /**
     * Finds what is stored.
     *
     * @param ids where to put it, in any order
     * @param newerThan only in newer segments than this; absent for all
     */
    private void find(List<Slot> ids, @Nullable Segment newerThan) {
        List<Slot> missing = ids;
        for (Segment segment : segments.newestFirst()) {
            if (missing.isEmpty() || segment.equals(newerThan)) {
                return;
            }
            List<byte[]> keys = new ArrayList<>(missing.size());
            missing.forEach(slot -> keys.add(slot.id().bytes()));
            List<byte @Nullable []> values = segments.get(segment, keys);
            List<Slot> still = new ArrayList<>(missing.size());
            for (int i = 0; i < values.size(); i++) {
                byte[] value = values.get(i);
                if (value == null) {
                    still.add(missing.get(i));
                } else {
                    missing.get(i).find(segment.entry(value));
                }
            }
            missing = still;
        }
    }

    /**
     * What is there for a record.
     *
     * @param slot of its id
     * @param appendMs when the broker appended the record: an entry whose deadline is before is none any more
     */
    public Kept read(Slot slot, long appendMs) {
        JoinEntry entry = slot.entry();
        if (entry == null || !deadlines.hold(entry)) {
            return Kept.NOTHING;
        }
        return entry.deadlineMs() < appendMs ? new Kept(null, Joiner.expired(entry.waiting())) : new Kept(entry, null);
    }

    /**
     * Keeps an entry in place of what {@link #read} found, or found to be gone.
     *
     * @param slot of its id
     * @param appendMs of the record that changed it
     */
    public void keep(Slot slot, JoinEntry entry, long appendMs) {
        JoinEntry before = slot.entry();
        if (before != null && deadlines.hold(before)) {
            deadlines.remove(before);
        }
        deadlines.add(entry);
        change(slot, entry);
        segments.current().note(entry, appendMs);
    }

    private void change(Slot slot, JoinEntry entry) {
        weight -= slot.weight();
        slot.change(entry);
        weight += slot.weight();
    }

    /** Whether so much changed that it should be saved before the commit. */
    public boolean isLarge() {
        return weight >= MOST_WEIGHT;
    }

    /** Writes what changed, to the broker and to RocksDB; all slots are of no more use. */
    public void save() {
        if (!wanted.isEmpty()) {
            throw new IllegalStateException(wanted.size() + " ids were asked for and not fetched");
        }
        if (slots.size() > 0 || deadlines.isChanged()) {
            write(segments.current());
        }
        slots.clear();
        weight = 0;
    }

    private void write(Segment segment) {
        Block block = new Block();
        deadlines.takeChanged((step, waits) -> {
            Segment.write(step, waits, block);
            writeIfFull(segment, block);
        });
        segment.takeWidened((customer, span) -> {
            Segment.write(customer, span, block);
            writeIfFull(segment, block);
        });
        ByteWriter value = new ByteWriter();
        JoinEntryCodec.Numbers numbers = segment.numbers(block);
        slots.forEach(slot -> {
            JoinEntry entry = slot.entry();
            if (slot.isChanged() && entry != null) {
                JoinEntryCodec.write(entry, numbers, value.clear());
                block.put(slot.id(), value);
                writeIfFull(segment, block);
            }
        });
        if (!block.isEmpty()) {
            write(segment, block);
        }
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
    private void carry(Map<EntryId, JoinEntry> alive) {
        List<Slot> places = new ArrayList<>();
        alive.keySet().forEach(id -> places.add(slots.of(id)));
        find(places, segments.oldest());
        for (Slot slot : places) {
            JoinEntry old = alive.get(slot.id());
            if (slot.entry() == null && old != null) {
                change(slot, old);
                segments.current().noteHandedOn(old);
            }
        }
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
