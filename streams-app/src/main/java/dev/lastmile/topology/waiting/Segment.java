package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Origin;
import dev.lastmile.join.Waiting;
import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import dev.lastmile.topology.serde.JoinEntryCodec;
import dev.lastmile.topology.serde.OriginCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * The entries that were written within a part of the time they are kept: a column family, which goes as a whole once nothing
 * in it is of use. Beside the entries it holds, under keys that no entry has, the origins and values they share, what waits by its step of
 * time, and the span of each customer. Mutable.
 */
final class Segment implements JoinEntryCodec.Named, JoinEntryCodec.Numbers {

    private static final int ORIGIN = 1;
    private static final int STEP = 2;
    private static final int SPAN = 3;
    private static final int BLOCKS = 4;
    private static final int VALUE = 5;
    private static final int FILTER = 6;
    private static final byte[] FIRST_META = {EntryIds.RESERVED};
    private static final byte[] FILTER_KEY = meta(FILTER).toByteArray();

    /** No entry's key is smaller. */
    static final byte[] FIRST_ENTRY = {EntryIds.RESERVED + 1};

    private final int number;
    private final ColumnFamilyHandle family;
    private final Dictionary<Origin> origins = new Dictionary<>();
    private final Dictionary<String> values = new Dictionary<>();
    private final Map<String, Span> spans = new HashMap<>();
    private final Set<String> widened = new TreeSet<>();
    private final List<Numbered> numbered = new ArrayList<>();
    private final IdFilter filter;
    private int blocks;

    /** What entries share, under the key that has its number. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numbered(byte[] key, ByteWriter value) {}

    Segment(int number, ColumnFamilyHandle family, IdFilter.Room filters) {
        this.number = number;
        this.family = family;
        filter = new IdFilter(filters);
    }

    int number() {
        return number;
    }

    ColumnFamilyHandle family() {
        return family;
    }

    /** Which ids its entries may have; what is written is to be added. */
    IdFilter filter() {
        return filter;
    }

    /**
     * Takes up the filter that was put down, or makes it anew from the entries that are there. None is left lying: it would not hold
     * what is written from now on.
     */
    void takeUpFilter(RocksDB database, WriteOptions options) throws RocksDBException {
        byte[] putDown = database.get(family, FILTER_KEY);
        if (putDown != null) {
            filter.read(putDown);
            database.delete(family, options, FILTER_KEY);
            return;
        }
        try (RocksIterator all = database.newIterator(family)) {
            for (all.seek(FIRST_ENTRY); all.isValid(); all.next()) {
                EntryId id = EntryId.of(all.key());
                filter.add(id.high(), id.low());
            }
        }
    }

    /** Puts the filter down for the next start; nothing must be written after it. */
    void putDownFilter(RocksDB database, WriteOptions options) throws RocksDBException {
        database.put(family, options, FILTER_KEY, filter.write().toByteArray());
    }

    /** An entry of this segment, as it was stored. */
    JoinEntry entry(ByteReader value) {
        return JoinEntryCodec.read(value, this);
    }

    /** Writes an entry as it is stored in this segment; what it shares with others and has no number yet, gets one. */
    void write(JoinEntry entry, ByteWriter out) {
        JoinEntryCodec.write(entry, this, out);
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
        origins.clear();
        values.clear();
        spans.clear();
        widened.clear();
        numbered.clear();
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
            case ORIGIN -> origins.add(OriginCodec.read(value));
            case VALUE -> values.add(value.text());
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

    @Override
    public int of(Origin origin) {
        return numberOf(origin, origins, ORIGIN, OriginCodec::write);
    }

    @Override
    public int of(String value) {
        return numberOf(value, values, VALUE, (text, out) -> out.text(text));
    }

    private <T> int numberOf(T named, Dictionary<T> dictionary, int kind, BiConsumer<T, ByteWriter> writer) {
        int known = dictionary.numberOf(named);
        if (known != JoinEntryCodec.OWN || dictionary.isFull()) {
            return known;
        }
        int added = dictionary.add(named);
        ByteWriter value = new ByteWriter();
        writer.accept(named, value);
        // In this order they are read back, so that each gets its number again.
        numbered.add(new Numbered(meta(kind).fixed(added).toByteArray(), value));
        return added;
    }

    /** Tells what got a number since the last call: it has to be written before entries that are written by its number. */
    void takeNumbered(Consumer<Numbered> taker) {
        numbered.forEach(taker);
        numbered.clear();
    }

    @Override
    public Origin origin(int number) {
        return origins.get(number);
    }

    @Override
    public String value(int number) {
        return values.get(number);
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
