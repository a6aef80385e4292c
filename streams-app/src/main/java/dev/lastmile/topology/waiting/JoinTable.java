package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Joiner;
import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One entry an inference id, of one task. What changed since the last {@link #save} is on the heap alone, and belongs to records
 * whose offsets are not yet committed. Where the ground truth comes soon, it finds its inference there. Mutable.
 *
 * <p>Ids are looked up many at once: {@link #slot} for each, then {@link #fetch}, then {@link #read} each.
 */
public final class JoinTable {

    /** So many ids, or bytes of entries, are saved before the commit, so that the heap does not fill. */
    private static final int MOST_SLOTS = 100_000;

    private static final int MOST_BYTES = 6 << 20;

    private final BiConsumer<Bytes, byte @Nullable []> blocks;
    private final Segments segments;
    private final Deadlines deadlines = new Deadlines();
    private final Tidying tidying;

    /** Entries are kept here as the current segment has them. */
    private final Slots slots = new Slots();

    /** What was asked for and not found yet: the slots from here on. */
    private int fetched;

    private final ByteWriter scratch = new ByteWriter();
    private final Block block = new Block();

    /**
     * What a record finds under its id.
     *
     * @param counted an entry that is still counted as waiting, if it waits; absent where there is none
     * @param expired what became of its records, where its deadline is over; absent otherwise
     */
    public record Kept(
            @Nullable JoinEntry counted, @Nullable Ledger expired) {

        static final Kept NOTHING = new Kept(null, null);

        /** The entry; absent where there is none, or none any more. */
        public @Nullable JoinEntry entry() {
            return expired == null ? counted : null;
        }
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
    public int slot(EntryId id) {
        return slots.of(id);
    }

    /** Finds what is stored under the ids that were asked for since the last call. */
    public void fetch() {
        fetch(null);
    }

    /**
     * Finds what is stored under the ids that were asked for since the last call.
     *
     * @param newerThan only in newer segments than this; absent for all
     */
    private void fetch(@Nullable Segment newerThan) {
        int[] missing = IntStream.range(fetched, slots.size()).toArray();
        fetched = slots.size();
        for (Segment segment : segments.newestFirst()) {
            if (missing.length == 0 || segment.equals(newerThan)) {
                return;
            }
            missing = findIn(segment, missing);
        }
    }

    /** Finds what is stored in a segment, and says what is not. */
    private int[] findIn(Segment segment, int[] wanted) {
        List<byte[]> keys = new ArrayList<>();
        int[] asked = new int[wanted.length];
        int[] missing = new int[wanted.length];
        int missed = 0;
        for (int slot : wanted) {
            if (slots.isIn(slot, segment.filter())) {
                asked[keys.size()] = slot;
                keys.add(slots.id(slot).bytes());
            } else {
                missing[missed++] = slot;
            }
        }
        if (!keys.isEmpty()) {
            List<byte @Nullable []> values = segments.get(segment, keys);
            for (int i = 0; i < values.size(); i++) {
                byte[] value = values.get(i);
                if (value == null) {
                    missing[missed++] = asked[i];
                } else {
                    slots.find(asked[i], inCurrent(segment, value));
                }
            }
        }
        return Arrays.copyOf(missing, missed);
    }

    /** An entry by the numbers of the current segment, where it will be written if it changes. */
    private ByteWriter inCurrent(Segment segment, byte[] value) {
        Segment current = segments.current();
        scratch.clear();
        if (segment.equals(current)) {
            return scratch.raw(value);
        }
        current.write(segment.entry(new ByteReader(value)), scratch);
        return scratch;
    }

    /**
     * What is there for a record.
     *
     * @param slot of its id
     * @param appendMs when the broker appended the record: an entry whose deadline is before is none any more
     */
    public Kept read(int slot, long appendMs) {
        if (!slots.hasEntry(slot)) {
            return Kept.NOTHING;
        }
        JoinEntry entry = segments.current().entry(slots.entry(slot));
        if (!deadlines.hold(entry)) {
            return Kept.NOTHING;
        }
        return new Kept(entry, entry.deadlineMs() < appendMs ? Joiner.expired(entry.waiting()) : null);
    }

    /**
     * Keeps an entry in place of what was read.
     *
     * @param slot of its id
     * @param before what {@link #read} said last
     * @param appendMs of the record that changed it
     */
    public void keep(int slot, Kept before, JoinEntry entry, long appendMs) {
        if (before.counted() != null) {
            deadlines.remove(before.counted());
        }
        deadlines.add(entry);
        change(slot, entry);
        segments.current().note(entry, appendMs);
    }

    private void change(int slot, JoinEntry entry) {
        segments.current().write(entry, scratch.clear());
        slots.change(slot, scratch);
    }

    /** Whether so much changed that it should be saved before the commit. */
    public boolean isLarge() {
        return slots.size() >= MOST_SLOTS || slots.bytes() >= MOST_BYTES;
    }

    /** Writes what changed, to the broker and to RocksDB; all slots are of no more use. */
    public void save() {
        if (fetched < slots.size()) {
            throw new IllegalStateException((slots.size() - fetched) + " ids were asked for and not fetched");
        }
        if (slots.size() > 0 || deadlines.isChanged()) {
            write(segments.current());
        }
        slots.clear();
        fetched = 0;
    }

    private void write(Segment segment) {
        deadlines.takeChanged((step, waits) -> {
            Segment.write(step, waits, block);
            writeIfFull(segment);
        });
        segment.takeWidened((customer, span) -> {
            Segment.write(customer, span, block);
            writeIfFull(segment);
        });
        segment.takeNumbered(numbered -> {
            block.put(numbered.key(), numbered.value());
            writeIfFull(segment);
        });
        slots.forEach(slot -> {
            if (slots.isChanged(slot)) {
                slots.write(slot, block);
                writeIfFull(segment);
            }
        });
        if (!block.isEmpty()) {
            writeBlock(segment);
        }
    }

    private void writeIfFull(Segment segment) {
        if (block.isFull()) {
            writeBlock(segment);
        }
    }

    private void writeBlock(Segment segment) {
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
        alive.keySet().forEach(slots::of);
        fetch(segments.oldest());
        for (int slot = 0; slot < slots.size(); slot++) {
            JoinEntry old = alive.get(slots.id(slot));
            if (!slots.hasEntry(slot) && old != null) {
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
