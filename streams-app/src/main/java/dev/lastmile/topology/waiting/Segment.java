package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.Waiting;
import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import dev.lastmile.topology.serde.EntryTerms;
import dev.lastmile.topology.serde.JoinEntryCodec;
import java.util.HashMap;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;

/**
 * The entries that were written within a part of the time they are kept: a column family, which goes as a whole once nothing
 * in it is of use. Beside the entries it holds, under keys that no entry has, the terms they share, what waits by its step of
 * time, and the span of each customer. Mutable.
 */
final class Segment {

    private static final int TERMS = 1;
    private static final int STEP = 2;
    private static final int SPAN = 3;
    private static final int BLOCKS = 4;
    private static final byte[] FIRST_META = {EntryIds.RESERVED};

    /** No entry's key is smaller. */
    static final byte[] FIRST_ENTRY = {EntryIds.RESERVED + 1};

    private final int number;
    private final ColumnFamilyHandle family;
    private final Dictionary dictionary = new Dictionary();
    private final Map<String, Span> spans = new HashMap<>();
    private int blocks;

    Segment(int number, ColumnFamilyHandle family) {
        this.number = number;
        this.family = family;
    }

    int number() {
        return number;
    }

    ColumnFamilyHandle family() {
        return family;
    }

    /** An entry of this segment, as it was stored. */
    Held entry(byte[] value) {
        JoinEntryCodec.Entry entry = JoinEntryCodec.read(value, dictionary);
        return new Held(entry.terms().deployment(), entry.terms().keepMs(), entry.entry());
    }

    Map<String, Span> spans() {
        return spans;
    }

    /** How many blocks were written. */
    int blocks() {
        return blocks;
    }

    /** Reads what is no entry; what waits goes where the caller says, in place of what older segments said. */
    void load(RocksDB database, Deadlines deadlines) {
        dictionary.clear();
        spans.clear();
        blocks = 0;
        try (RocksIterator all = database.newIterator(family)) {
            for (all.seek(FIRST_META); all.isValid() && all.key()[0] == EntryIds.RESERVED; all.next()) {
                read(new ByteReader(all.key()), new ByteReader(all.value()), deadlines);
            }
        }
    }

    private void read(ByteReader key, ByteReader value, Deadlines deadlines) {
        key.octet();
        int kind = key.octet();
        switch (kind) {
            case TERMS -> dictionary.add(EntryTerms.read(value));
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

    /** Notes that an entry will be written; the next save writes the spans with it. */
    void note(String customer, Span span) {
        spans.merge(customer, span, Span::plus);
    }

    /** The number of an entry's terms, which are written now if they are new. */
    int numberOf(EntryTerms terms, Block block) {
        int known = dictionary.numberOf(terms);
        if (known > 0 || dictionary.isFull()) {
            return known;
        }
        int added = dictionary.add(terms);
        ByteWriter value = new ByteWriter();
        terms.write(value);
        // In this order they are read back, so that each gets its number again.
        block.put(meta(TERMS).fixed(added).toByteArray(), value);
        return added;
    }

    static void write(Deadlines.Step step, Waiting waits, Block block) {
        block.put(
                meta(STEP)
                        .fixed(step.endMs())
                        .text(step.deployment().toString())
                        .toByteArray(),
                new ByteWriter().number(waits.inferences()).number(waits.truths()));
    }

    static void write(String customer, Span span, Block block) {
        block.put(
                meta(SPAN).text(customer).toByteArray(),
                new ByteWriter()
                        .number(span.firstAppendMs())
                        .number(span.lastAppendMs())
                        .number(span.latestMs())
                        .number(span.keepMs()));
    }

    /** Closes a block and counts it, so that all can be taken from the changelog one day. */
    byte[] close(Block block) {
        blocks++;
        block.put(meta(BLOCKS).toByteArray(), new ByteWriter().unsigned(blocks));
        return block.take();
    }

    private static ByteWriter meta(int kind) {
        return new ByteWriter().octet(EntryIds.RESERVED).octet(kind);
    }
}
