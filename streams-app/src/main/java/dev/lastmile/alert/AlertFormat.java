package dev.lastmile.alert;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an alert is kept in state. */
final class AlertFormat {

    private AlertFormat() {}

    static void write(Alert alert, DataOutput out) throws IOException {
        out.writeUTF(alert.alertId());
        AlertKey.of(alert).writeTo(out);
        out.writeUTF(alert.state().name());
        out.writeDouble(alert.effect());
        out.writeDouble(alert.interval().lower());
        out.writeDouble(alert.interval().upper());
        out.writeDouble(alert.sliceMean());
        writeDouble(alert.restMean(), out);
        writeDouble(alert.baselineSliceMean(), out);
        writeDouble(alert.baselineRestMean(), out);
        out.writeLong(alert.labelled());
        writeDouble(alert.coverageNow(), out);
        writeDouble(alert.restCoverageNow(), out);
        writeDouble(alert.coverageAtBaseline(), out);
        writeDouble(alert.ratioNow(), out);
        writeDouble(alert.ratioAtBaseline(), out);
        writeText(alert.baselineVersion(), out);
        Slice baselineSlice = alert.baselineSlice();
        writeText(baselineSlice == null ? null : baselineSlice.toString(), out);
        out.writeLong(alert.windowStartMs());
        out.writeLong(alert.windowEndExclusiveMs());
        out.writeLong(alert.startedAtMs());
        Long endedAtMs = alert.endedAtMs();
        out.writeBoolean(endedAtMs != null);
        if (endedAtMs != null) {
            out.writeLong(endedAtMs);
        }
        out.writeInt(alert.companions().size());
        for (Slice companion : alert.companions()) {
            out.writeUTF(companion.toString());
        }
        out.writeDouble(alert.weight());
        writeNovelty(alert.novelty(), out);
        out.writeUTF(alert.configurationHash());
        out.writeUTF(alert.message());
    }

    static Alert read(DataInput in, DeploymentId deployment) throws IOException {
        String alertId = in.readUTF();
        AlertKey key = AlertKey.readFrom(in);
        return new Alert(
                alertId,
                key.kind(),
                AlertState.valueOf(in.readUTF()),
                deployment,
                key.modelVersion(),
                key.slice(),
                in.readDouble(),
                new Interval(in.readDouble(), in.readDouble()),
                in.readDouble(),
                readDouble(in),
                readDouble(in),
                readDouble(in),
                in.readLong(),
                readDouble(in),
                readDouble(in),
                readDouble(in),
                readDouble(in),
                readDouble(in),
                readText(in),
                readSlice(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? in.readLong() : null,
                readSlices(in),
                in.readDouble(),
                readNovelty(in),
                in.readUTF(),
                in.readUTF());
    }

    private static List<Slice> readSlices(DataInput in) throws IOException {
        List<Slice> slices = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            slices.add(Slice.parse(in.readUTF()));
        }
        return slices;
    }

    private static void writeNovelty(@Nullable Novelty novelty, DataOutput out) throws IOException {
        out.writeBoolean(novelty != null);
        if (novelty == null) {
            return;
        }
        out.writeLong(novelty.firstSeenMs());
        out.writeDouble(novelty.trafficShare());
        out.writeInt(novelty.labelsNeeded().size());
        for (Novelty.Need need : novelty.labelsNeeded()) {
            out.writeUTF(need.slice().toString());
            out.writeLong(need.labelled());
            out.writeLong(need.needed());
        }
    }

    private static @Nullable Novelty readNovelty(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        long firstSeenMs = in.readLong();
        double trafficShare = in.readDouble();
        List<Novelty.Need> needs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            needs.add(new Novelty.Need(Slice.parse(in.readUTF()), in.readLong(), in.readLong()));
        }
        return new Novelty(firstSeenMs, trafficShare, needs);
    }

    private static void writeDouble(@Nullable Double value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeDouble(value);
        }
    }

    private static @Nullable Double readDouble(DataInput in) throws IOException {
        return in.readBoolean() ? in.readDouble() : null;
    }

    private static void writeText(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readText(DataInput in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static @Nullable Slice readSlice(DataInput in) throws IOException {
        String text = readText(in);
        return text == null ? null : Slice.parse(text);
    }
}
