package dev.lastmile.topology.serde;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.KnownInference;
import dev.lastmile.join.ParkedTruth;
import dev.lastmile.join.SeenRevision;
import dev.lastmile.score.Score;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the join store. Key: {@code customer/deployment}, a zero byte, the inference id; no part holds a zero
 * byte, so keys of two deployments never meet.
 */
public final class JoinEntryCodec {

    private static final int VERSION = 2;
    private static final int KNOWN = 1;
    private static final int PARKED = 2;

    private JoinEntryCodec() {}

    /** The key of an inference. */
    public static byte[] key(DeploymentId deployment, String inferenceId) {
        return (deployment + "\0" + inferenceId).getBytes(StandardCharsets.UTF_8);
    }

    /** The deployment of a key. */
    public static DeploymentId deploymentOf(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return DeploymentId.parse(text.substring(0, text.indexOf('\0')));
    }

    /** The inference id of a key. */
    public static String inferenceIdOf(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return text.substring(text.indexOf('\0') + 1);
    }

    /** The bytes of an entry. */
    public static byte[] write(JoinEntry entry) {
        ByteWriter out = new ByteWriter().octet(VERSION);
        if (entry instanceof JoinEntry.Known known) {
            out.octet(KNOWN).number(known.deadlineMs());
            writeInference(known.inference(), out);
        } else if (entry instanceof JoinEntry.Parked parked) {
            out.octet(PARKED).number(parked.deadlineMs()).number(parked.truths().size());
            for (ParkedTruth truth : parked.truths()) {
                writeTruth(truth, out);
            }
        }
        return out.toByteArray();
    }

    /** The entry of some bytes. */
    public static JoinEntry read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(VERSION);
        int kind = in.octet();
        long deadlineMs = in.number();
        if (kind == KNOWN) {
            return new JoinEntry.Known(readInference(in), deadlineMs);
        }
        int size = in.size();
        List<ParkedTruth> truths = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            truths.add(readTruth(in));
        }
        return new JoinEntry.Parked(truths, deadlineMs);
    }

    /** The deadline of an entry, without reading the rest. */
    public static long deadlineOf(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(VERSION);
        in.octet();
        return in.number();
    }

    private static void writeInference(KnownInference inference, ByteWriter out) {
        out.fixed(inference.contentHash())
                .text(inference.modelVersion())
                .number(inference.occurredAtMs())
                .number(inference.slicing())
                .number(inference.values().size());
        inference.values().forEach(out::text);
        out.number(inference.session());
        AnswerCodec.write(inference.output(), out);
        out.number(inference.standingRevision());
        Score score = inference.score();
        if (score == null) {
            out.octet(0);
        } else {
            out.octet(score.emptyReference() ? 2 : 1)
                    .number(score.errors())
                    .number(score.trials())
                    .number(score.substitutions())
                    .number(score.deletions())
                    .number(score.insertions());
        }
        out.number(inference.seen().size());
        for (SeenRevision seen : inference.seen()) {
            out.number(seen.revision()).fixed(seen.contentHash()).octet(seen.refused() ? 1 : 0);
        }
    }

    private static KnownInference readInference(ByteReader in) {
        long contentHash = in.fixed();
        String modelVersion = in.text();
        long occurredAtMs = in.number();
        int slicing = in.smallNumber();
        int dimensions = in.size();
        List<String> values = new ArrayList<>(dimensions);
        for (int i = 0; i < dimensions; i++) {
            values.add(in.text());
        }
        int session = in.smallNumber();
        Answer output = AnswerCodec.read(in);
        int standingRevision = in.smallNumber();
        Score score = readScore(in);
        int revisions = in.size();
        List<SeenRevision> seen = new ArrayList<>(revisions);
        for (int i = 0; i < revisions; i++) {
            seen.add(new SeenRevision(in.smallNumber(), in.fixed(), in.octet() == 1));
        }
        return new KnownInference(
                contentHash,
                modelVersion,
                occurredAtMs,
                slicing,
                values,
                session,
                output,
                standingRevision,
                score,
                seen);
    }

    private static @Nullable Score readScore(ByteReader in) {
        int kind = in.octet();
        return kind == 0 ? null : new Score(in.number(), in.number(), in.number(), in.number(), in.number(), kind == 2);
    }

    private static void writeTruth(ParkedTruth truth, ByteWriter out) {
        out.number(truth.revision()).number(truth.observedAtMs());
        AnswerCodec.write(truth.truth(), out);
        out.fixed(truth.contentHash())
                .number(truth.appendMs())
                .number(truth.offset())
                .number(truth.copies());
    }

    private static ParkedTruth readTruth(ByteReader in) {
        int revision = in.smallNumber();
        long observedAtMs = in.number();
        Answer truth = AnswerCodec.read(in);
        if (truth == null) {
            throw new IllegalStateException("a parked truth without a truth");
        }
        return new ParkedTruth(revision, observedAtMs, truth, in.fixed(), in.number(), in.number(), in.smallNumber());
    }
}
