package dev.lastmile.topology.serde;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.ScoreMoments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the partials store: the deployment, a zero byte, then what is counted. All keys of a deployment are neighbours, so
 * that one pass over the store makes one message a deployment.
 */
public final class PartialCodec {

    private static final int CLOCK = 'a';
    private static final int DISPOSITION = 'b';
    private static final int DEAD_LETTERS = 'c';
    private static final int SESSION_LABELS = 'd';
    private static final int SESSION = 'e';
    private static final int CELL = 'f';

    /** What a key stands for. */
    public sealed interface Subject {
        /** The largest append time counted. */
        record Clock() implements Subject {}

        /** Records that entered, or left, a disposition. */
        record OfDisposition(Disposition disposition) implements Subject {}

        /** Dead letters of one reason. */
        record OfReason(String reason) implements Subject {}

        /** Labels that belong to any session. */
        record SessionLabels() implements Subject {}

        /** Scores of one session, by its hash. */
        record OfSession(int session) implements Subject {}

        /** Statistics of a slice. */
        record OfCell(String modelVersion, long bucketStartMs, Slice slice) implements Subject {}
    }

    /** A key, taken apart. */
    public record Key(DeploymentId deployment, Subject subject) {}

    private PartialCodec() {}

    /** The bytes of a key. */
    public static byte[] write(DeploymentId deployment, Subject subject) {
        ByteWriter out = new ByteWriter()
                .raw(deployment.toString().getBytes(StandardCharsets.UTF_8))
                .octet(0);
        if (subject instanceof Subject.OfDisposition of) {
            out.octet(DISPOSITION).text(of.disposition().name());
        } else if (subject instanceof Subject.OfReason of) {
            out.octet(DEAD_LETTERS).text(of.reason());
        } else if (subject instanceof Subject.OfCell of) {
            out.octet(CELL)
                    .text(of.modelVersion())
                    .fixed(of.bucketStartMs())
                    .text(of.slice().toString());
        } else if (subject instanceof Subject.OfSession of) {
            out.octet(SESSION).number(of.session());
        } else if (subject instanceof Subject.SessionLabels) {
            out.octet(SESSION_LABELS);
        } else {
            out.octet(CLOCK);
        }
        return out.toByteArray();
    }

    /** The key of some bytes. */
    public static Key read(byte[] bytes) {
        int end = 0;
        while (bytes[end] != 0) {
            end++;
        }
        DeploymentId deployment = DeploymentId.parse(new String(bytes, 0, end, StandardCharsets.UTF_8));
        ByteReader in = new ByteReader(Arrays.copyOfRange(bytes, end + 1, bytes.length));
        int kind = in.octet();
        return new Key(
                deployment,
                switch (kind) {
                    case CLOCK -> new Subject.Clock();
                    case DISPOSITION -> new Subject.OfDisposition(Disposition.valueOf(in.text()));
                    case DEAD_LETTERS -> new Subject.OfReason(in.text());
                    case SESSION_LABELS -> new Subject.SessionLabels();
                    case SESSION -> new Subject.OfSession(in.smallNumber());
                    case CELL -> new Subject.OfCell(in.text(), in.fixed(), Slice.parse(in.text()));
                    default -> throw new IllegalStateException("unknown kind of partial: " + kind);
                });
    }

    /** The bytes of a session's scores. */
    public static byte[] writeScores(ScoreMoments scores) {
        ByteWriter out = new ByteWriter();
        write(scores, out);
        return out.toByteArray();
    }

    /** A session's scores of some bytes. */
    public static ScoreMoments readScores(byte[] bytes) {
        return read(new ByteReader(bytes));
    }

    static void write(ScoreMoments scores, ByteWriter out) {
        out.number(scores.count()).number(scores.sum()).number(scores.squares());
    }

    static ScoreMoments read(ByteReader in) {
        return new ScoreMoments(in.number(), in.number(), in.number());
    }

    /** The bytes of a count. */
    public static byte[] writeNumber(long number) {
        return new ByteWriter().number(number).toByteArray();
    }

    /** The count of some bytes. */
    public static long readNumber(byte[] bytes) {
        return new ByteReader(bytes).number();
    }
}
