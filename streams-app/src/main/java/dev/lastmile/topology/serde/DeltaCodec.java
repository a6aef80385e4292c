package dev.lastmile.topology.serde;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.ScoreMoments;
import dev.lastmile.topology.BaselineCommand;
import dev.lastmile.topology.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The format of the internal topic between the two stages. */
public final class DeltaCodec {

    private static final int VERSION = 3;

    private DeltaCodec() {}

    /** The format as Kafka wants it. */
    public static Serde<Delta> serde() {
        Serializer<Delta> serializer = (topic, delta) -> write(delta);
        Deserializer<Delta> deserializer = (topic, bytes) -> read(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    static byte[] write(Delta delta) {
        ByteWriter out = new ByteWriter().octet(VERSION);
        out.text(delta.deployment().toString()).number(delta.clockMs());
        writeLedger(delta.ledger(), out);
        writeCounts(delta.deadLetters(), out);
        writeSessions(delta.sessions(), out);
        out.number(delta.cells().size());
        for (Delta.Cell cell : delta.cells()) {
            out.text(cell.modelVersion())
                    .number(cell.bucketStartMs())
                    .text(cell.slice().toString());
            SliceCountsCodec.write(cell.counts(), out);
        }
        out.number(delta.commands().size());
        delta.commands().forEach(command -> CommandCodec.write(command, out));
        return out.toByteArray();
    }

    static Delta read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(VERSION);
        DeploymentId deployment = DeploymentId.parse(in.text());
        long clockMs = in.number();
        Ledger ledger = readLedger(in);
        Map<String, Long> deadLetters = readCounts(in);
        SessionSample sessions = readSessions(in);
        int size = in.size();
        List<Delta.Cell> cells = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            cells.add(new Delta.Cell(in.text(), in.number(), Slice.parse(in.text()), SliceCountsCodec.read(in)));
        }
        List<BaselineCommand> commands = new ArrayList<>();
        for (int left = in.size(); left > 0; left--) {
            commands.add(CommandCodec.read(in));
        }
        return new Delta(deployment, clockMs, ledger, deadLetters, sessions, cells, commands);
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
