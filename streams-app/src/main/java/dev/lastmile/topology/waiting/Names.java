package dev.lastmile.topology.waiting;

import dev.lastmile.join.Origin;
import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import dev.lastmile.topology.serde.JoinEntryCodec;
import dev.lastmile.topology.serde.OriginCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What the entries of a segment share, and name by a number: origins and values. Mutable. */
final class Names implements JoinEntryCodec.Named, JoinEntryCodec.Numbers {

    private final int originKind;
    private final int valueKind;
    private final Dictionary<Origin> origins = new Dictionary<>();
    private final Dictionary<String> values = new Dictionary<>();
    private final List<Numbered> numbered = new ArrayList<>();

    /** Something that has a number, under the key that has it too. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numbered(byte[] key, ByteWriter value) {}

    /**
     * @param originKind the first byte of the keys of origins
     * @param valueKind that of values
     */
    Names(int originKind, int valueKind) {
        this.originKind = originKind;
        this.valueKind = valueKind;
    }

    void clear() {
        origins.clear();
        values.clear();
        numbered.clear();
    }

    /** Takes what was written; in the order of their keys, so that each gets its number again. */
    void read(int kind, ByteReader value) {
        if (kind == originKind) {
            origins.add(OriginCodec.read(value));
        } else {
            values.add(value.text());
        }
    }

    @Override
    public int of(Origin origin) {
        return numberOf(origin, origins, originKind, OriginCodec::write);
    }

    @Override
    public int of(String value) {
        return numberOf(value, values, valueKind, (text, out) -> out.text(text));
    }

    private <T> int numberOf(T named, Dictionary<T> dictionary, int kind, BiConsumer<T, ByteWriter> writer) {
        int known = dictionary.numberOf(named);
        if (known != JoinEntryCodec.OWN || dictionary.isFull()) {
            return known;
        }
        int added = dictionary.add(named);
        ByteWriter value = new ByteWriter();
        writer.accept(named, value);
        numbered.add(new Numbered(new ByteWriter().octet(kind).fixed(added).toByteArray(), value));
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
}
