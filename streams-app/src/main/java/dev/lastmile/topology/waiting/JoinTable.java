package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Joiner;
import dev.lastmile.topology.serde.ByteWriter;
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
 * <p>Ids are looked up many at once: {@link #fetch} all, then {@link #read} each.
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

    private final Search search;

    private final ByteWriter scratch = new ByteWriter();
    private final Page page = new Page();
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
        search = new Search(segments, slots);
    }

    /**
     * Finds what is kept under ids.
     *
     * @return where {@link #read} finds it, until the next {@link #save}
     */
    public int[] fetch(List<EntryId> ids) {
        int known = slots.size();
        int[] found = new int[ids.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = slots.of(ids.get(i));
        }
        search.find(IntStream.range(known, slots.size()).toArray());
        return found;
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
        if (slots.size() > 0 || deadlines.isChanged()) {
            write(segments.current());
        }
        slots.clear();
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
        segment.names().takeNumbered(numbered -> {
            block.put(numbered.key(), numbered.value());
            writeIfFull(segment);
        });
        int number = segment.pages().last() + 1;
        for (int slot = 0; slot < slots.size(); slot++) {
            if (slots.isChanged(slot)) {
                slots.write(slot, page, segment.number());
                if (page.isFull()) {
                    block.put(number++, page);
                    writeIfFull(segment);
                }
            }
        }
        if (!page.isEmpty()) {
            block.put(number, page);
        }
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

    /**
     * Entries of customers who are behind move on to the newest segment, unless there is a newer version.
     *
     * @param alive the page that each was found in
     */
    private void carry(Map<EntryId, Integer> alive) {
        Segment oldest = segments.oldest();
        for (int slot : fetch(List.copyOf(alive.keySet()))) {
            int page = alive.getOrDefault(slots.id(slot), PageTable.NONE);
            if (slots.isFoundIn(slot, oldest.number(), page)) {
                slots.touch(slot);
                segments.current().noteHandedOn(segments.current().entry(slots.entry(slot)));
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
