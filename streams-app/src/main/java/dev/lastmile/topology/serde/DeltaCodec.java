package dev.lastmile.topology.serde;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreMoments;
import dev.lastmile.topology.BaselineCommand;
import dev.lastmile.topology.Delta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The format of the internal topic between the two stages. */
public final class DeltaCodec {

    private static final int VERSION = 4;

    private DeltaCodec() {}

    /** The bytes of a delta. */
    public static byte[] write(Delta delta) {
        ByteWriter out = new ByteWriter()
                .octet(VERSION)
                .octet(delta.commands().isEmpty() ? 0 : 1)
                .text(delta.deployment().toString())
                .number(delta.clockMs());
        writeLedger(delta.ledger(), out);
        writeCounts(delta.deadLetters(), out);
        writeSessions(delta.sessions(), out);
        out.number(delta.commands().size());
        delta.commands().forEach(command -> CommandCodec.write(command, out));
        writeCells(delta.cells(), out);
        return out.toByteArray();
    }

    /** Bucket by bucket, as long as the cells of one stand together. */
    private static void writeCells(List<Delta.Cell> cells, ByteWriter out) {
        int next = 0;
        while (next < cells.size()) {
            Delta.Cell first = cells.get(next);
            int end = next + 1;
            while (end < cells.size() && isOfOneBucket(first, cells.get(end))) {
                end++;
            }
            out.number(end - next).text(first.modelVersion()).number(first.bucketStartMs());
            for (Delta.Cell cell : cells.subList(next, end)) {
                out.text(cell.slice().toString());
                SliceCountsCodec.write(cell.counts(), out);
            }
            next = end;
        }
        out.number(0);
    }

    private static boolean isOfOneBucket(Delta.Cell one, Delta.Cell other) {
        return one.bucketStartMs() == other.bucketStartMs()
                && one.modelVersion().equals(other.modelVersion());
    }

    /** Whether there are commands in a message. */
    public static boolean hasCommands(byte[] message) {
        return new ByteReader(message).expectVersion(VERSION).octet() != 0;
    }

    /** Some messages about one deployment, one or more, as one delta: what was counted of a cell in several is added up. */
    public static Delta read(List<byte[]> messages) {
        Map<String, Long> deadLetters = new TreeMap<>();
        Ledger ledger = new Ledger();
        SessionSample sessions = new SessionSample(SessionSample.KEPT);
        List<BaselineCommand> commands = new ArrayList<>();
        Map<Bucket, Map<Slice, SliceCounts>> cells = new LinkedHashMap<>();
        String deployment = "";
        long clockMs = Long.MIN_VALUE;
        for (byte[] message : messages) {
            ByteReader in = new ByteReader(message).expectVersion(VERSION);
            in.octet();
            deployment = in.text();
            clockMs = Math.max(clockMs, in.number());
            ledger.add(readLedger(in));
            readCounts(in).forEach((reason, count) -> deadLetters.merge(reason, count, Long::sum));
            sessions.add(readSessions(in));
            for (int left = in.size(); left > 0; left--) {
                commands.add(CommandCodec.read(in));
            }
            addCells(in, cells);
        }
        return new Delta(DeploymentId.parse(deployment), clockMs, ledger, deadLetters, sessions, flat(cells), commands);
    }

    /** Of one model version. */
    private record Bucket(String modelVersion, long startMs) {}

    private static void addCells(ByteReader in, Map<Bucket, Map<Slice, SliceCounts>> cells) {
        for (int left = in.size(); left > 0; left = in.size()) {
            Map<Slice, SliceCounts> its =
                    cells.computeIfAbsent(new Bucket(in.text(), in.number()), any -> new LinkedHashMap<>());
            for (; left > 0; left--) {
                Slice slice = Slice.parse(in.text());
                SliceCountsCodec.addTo(its.computeIfAbsent(slice, any -> new SliceCounts()), in);
            }
        }
    }

    private static List<Delta.Cell> flat(Map<Bucket, Map<Slice, SliceCounts>> cells) {
        List<Delta.Cell> flat = new ArrayList<>();
        cells.forEach((bucket, its) -> its.forEach(
                (slice, counts) -> flat.add(new Delta.Cell(bucket.modelVersion(), bucket.startMs(), slice, counts))));
        return flat;
    }

    private static void writeSessions(SessionSample sample, ByteWriter out) {
        out.number(sample.labelled())
                .number(sample.level())
                .number(sample.sessions().size());
        sample.sessions().forEach((session, scores) -> {
            out.number(session).number(scores.count()).number(scores.sum()).number(scores.squares());
        });
    }

    private static SessionSample readSessions(ByteReader in) {
        long labelled = in.number();
        SessionSample sample = new SessionSample(SessionSample.IN_TRANSIT, in.smallNumber());
        sample.count(labelled);
        for (int left = in.size(); left > 0; left--) {
            sample.add(in.smallNumber(), new ScoreMoments(in.number(), in.number(), in.number()));
        }
        return sample;
    }

    static void writeLedger(Ledger ledger, ByteWriter out) {
        for (Map.Entry<Disposition, Long> entry : ledger.asMap().entrySet()) {
            if (entry.getValue() != 0) {
                out.text(entry.getKey().name()).number(entry.getValue());
            }
        }
        out.text("");
    }

    static Ledger readLedger(ByteReader in) {
        Ledger ledger = new Ledger();
        for (String name = in.text(); !name.isEmpty(); name = in.text()) {
            ledger.add(Disposition.valueOf(name), in.number());
        }
        return ledger;
    }

    static void writeCounts(Map<String, Long> counts, ByteWriter out) {
        out.number(counts.size());
        new TreeMap<>(counts).forEach((name, count) -> out.text(name).number(count));
    }

    static Map<String, Long> readCounts(ByteReader in) {
        int size = in.size();
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            counts.put(in.text(), in.number());
        }
        return counts;
    }
}
