package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Waiting;
import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import dev.lastmile.topology.serde.JoinEntryCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The entries that were written within a part of the time they are kept: they go as a whole once none of them is of use. Beside
 * the entries it holds the origins and values they share, what waits by its step of time, and the span of each customer. Mutable.
 */
final class Segment {

    private static final int ORIGIN = 1;
    private static final int STEP = 2;
    private static final int SPAN = 3;
    private static final int BLOCKS = 4;
    private static final int VALUE = 5;

    /** Of what {@link Pages} puts down; it is not among what a segment reads. */
    static final int PAGE_TABLE = 6;

    private final int number;
    private final Pages pages;
    private final Names names = new Names(ORIGIN, VALUE);
    private final Map<String, Span> spans = new HashMap<>();
    private final Set<String> widened = new TreeSet<>();
    private int blocks;

    Segment(int number, Pages pages) {
        this.number = number;
        this.pages = pages;
    }

    int number() {
        return number;
    }

    /** Where its entries are. */
    Pages pages() {
        return pages;
    }

    /** What its entries share. */
    Names names() {
        return names;
    }

    /** An entry of this segment, as it was stored. */
    JoinEntry entry(ByteReader value) {
        return JoinEntryCodec.read(value, names);
    }

    /** Writes an entry as it is stored in this segment; what it shares with others and has no number yet, gets one. */
    void write(JoinEntry entry, ByteWriter out) {
        JoinEntryCodec.write(entry, names, out);
    }

    Map<String, Span> spans() {
        return spans;
    }

    /** How many blocks were written. */
    int blocks() {
        return blocks;
    }

    /** Reads what is no entry; what waits goes where the caller says, in place of what older segments said. */
    void load(RocksDB database, Deadlines deadlines) throws RocksDBException {
        names.clear();
        spans.clear();
        widened.clear();
        blocks = 0;
        try (RocksIterator all = database.newIterator(pages.families().shared())) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                read(new ByteReader(all.key()), new ByteReader(all.value()), deadlines);
            }
            // One that cannot read on ends like one that has read all.
            all.status();
        }
    }

    private void read(ByteReader key, ByteReader value, Deadlines deadlines) {
        int kind = key.octet();
        switch (kind) {
            case ORIGIN, VALUE -> names.read(kind, value);
            case STEP -> {
                long endMs = key.fixed();
                deadlines.set(
                        new Deadlines.Step(DeploymentId.parse(key.text()), endMs),
                        new Waiting(value.number(), value.number()));
            }
            case SPAN ->
                spans.put(key.text(), new Span(value.number(), value.number(), value.number(), value.number()));
            case BLOCKS -> blocks = value.unsigned();
            default -> throw new IllegalStateException("no such kind of key: " + kind);
        }
    }

    /** Notes that an entry will be written, which a record of that time changed; the next save writes the span with it. */
    void note(JoinEntry entry, long appendMs) {
        Span known = spans.get(entry.origin().deployment().customer());
        if (known == null || !known.covers(entry, appendMs)) {
            widen(entry, Span.of(entry, appendMs));
        }
    }

    /** Notes that an entry will be written that an older segment hands on. */
    void noteHandedOn(JoinEntry entry) {
        widen(entry, Span.handedOn(entry));
    }

    private void widen(JoinEntry entry, Span span) {
        String customer = entry.origin().deployment().customer();
        spans.merge(customer, span, Span::plus);
        widened.add(customer);
    }

    /** Tells the spans that changed since the last call. */
    void takeWidened(BiConsumer<String, Span> taker) {
        widened.forEach(customer -> taker.accept(customer, Objects.requireNonNull(spans.get(customer))));
        widened.clear();
    }

    static void write(Deadlines.Step step, Waiting waits, Block block) {
        block.put(
                key(STEP).fixed(step.endMs()).text(step.deployment().toString()).toByteArray(),
                new ByteWriter().number(waits.inferences()).number(waits.truths()));
    }

    static void write(String customer, Span span, Block block) {
        block.put(
                key(SPAN).text(customer).toByteArray(),
                new ByteWriter()
                        .number(span.firstAppendMs())
                        .number(span.lastAppendMs())
                        .number(span.latestMs())
                        .number(span.keepMs()));
    }

    /** Closes a block and counts it, so that all can be taken from the changelog one day. */
    byte[] close(Block block) {
        blocks++;
        block.put(key(BLOCKS).toByteArray(), new ByteWriter().unsigned(blocks));
        return block.take();
    }

    private static ByteWriter key(int kind) {
        return new ByteWriter().octet(kind);
    }
}
