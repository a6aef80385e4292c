package dev.lastmile.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Which baselines were in force, and who or what set them: the newest {@value #KEPT}. Mutable. */
public final class BaselineTrail {

    /** The oldest entry goes when there is one more. */
    public static final int KEPT = 100;

    private static final byte FORMAT = 1;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * One baseline coming into force.
     *
     * @param version its version
     * @param source where it comes from
     * @param setBy {@code policy}, or {@code command by} and a name
     * @param setAtMs processing clock, epoch milliseconds
     * @param fromMs start of its period, event time in epoch milliseconds
     * @param toExclusiveMs end of its period; not after its start where the period is not known
     * @param labelled labelled inferences of the deployment in it
     */
    public record Entry(
            String version,
            Baseline.Source source,
            String setBy,
            long setAtMs,
            long fromMs,
            long toExclusiveMs,
            long labelled) {

        /** Whether it is known which period it rests on. */
        public boolean hasPeriod() {
            return toExclusiveMs > fromMs;
        }
    }

    /** From now on this baseline is in force. */
    public void add(Baseline baseline, String setBy, long setAtMs) {
        long labelled = baseline.overall().map(SliceBaseline::labelled).orElse(0L);
        entries.addLast(new Entry(
                baseline.version(),
                baseline.source(),
                setBy,
                setAtMs,
                baseline.fromMs(),
                baseline.toExclusiveMs(),
                labelled));
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    /** Oldest first. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Writes all of it, a format version first. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeUTF(entry.version());
            out.writeUTF(entry.source().name());
            out.writeUTF(entry.setBy());
            out.writeLong(entry.setAtMs());
            out.writeLong(entry.fromMs());
            out.writeLong(entry.toExclusiveMs());
            out.writeLong(entry.labelled());
        }
    }

    /** The inverse of {@link #writeTo}; throws {@link IOException} for another format. */
    public static BaselineTrail readFrom(DataInput in) throws IOException {
        StateFormat.require("trail of baselines", FORMAT, in);
        BaselineTrail trail = new BaselineTrail();
        for (int left = in.readInt(); left > 0; left--) {
            trail.entries.addLast(new Entry(
                    in.readUTF(),
                    Baseline.Source.valueOf(in.readUTF()),
                    in.readUTF(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong()));
        }
        return trail;
    }
}
