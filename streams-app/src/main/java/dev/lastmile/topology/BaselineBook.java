package dev.lastmile.topology;

import dev.lastmile.detection.BaselineTrail;
import dev.lastmile.detection.StateFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What is remembered about a deployment's baselines besides the one in force and the one being learned. Mutable. */
final class BaselineBook {

    private static final byte FORMAT = 1;

    private final BaselineTrail trail;
    private final Map<String, Long> refused;
    private String plan;

    BaselineBook() {
        this(new BaselineTrail(), new TreeMap<>(), "");
    }

    private BaselineBook(BaselineTrail trail, Map<String, Long> refused, String plan) {
        this.trail = trail;
        this.refused = refused;
        this.plan = plan;
    }

    BaselineTrail trail() {
        return trail;
    }

    /** Commands that were not obeyed, by reason. */
    Map<String, Long> refused() {
        return refused;
    }

    void refuse(CommandRefusal refusal) {
        refused.merge(refusal.name(), 1L, Long::sum);
    }

    /** Whether this is another plan than the one the configuration had last; remembers it. */
    boolean turnsTo(String fingerprint) {
        boolean changed = !fingerprint.equals(plan);
        plan = fingerprint;
        return changed;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeUTF(plan);
        out.writeInt(refused.size());
        for (Map.Entry<String, Long> entry : refused.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue());
        }
        trail.writeTo(out);
    }

    static BaselineBook readFrom(DataInput in) throws IOException {
        StateFormat.require("book of baselines", FORMAT, in);
        String plan = in.readUTF();
        Map<String, Long> refused = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            refused.put(in.readUTF(), in.readLong());
        }
        return new BaselineBook(BaselineTrail.readFrom(in), refused, plan);
    }
}
