package dev.lastmile.detection;

import dev.lastmile.slice.Slice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;

/**
 * What an alarm says: a verdict about a slice. Claims are in the order in which one explains another: the more specific
 * verdict first.
 *
 * @param verdict what is claimed
 * @param slice of which slice
 */
public record Claim(Verdict verdict, Slice slice) implements Comparable<Claim> {

    private static final Comparator<Claim> ORDER =
            Comparator.comparing(Claim::verdict).thenComparing(Claim::slice);

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(verdict.name());
        out.writeUTF(slice.toString());
    }

    static Claim readFrom(DataInput in) throws IOException {
        return new Claim(Verdict.valueOf(in.readUTF()), Slice.parse(in.readUTF()));
    }
}
