package dev.lastmile.topology.serde;

import dev.lastmile.event.Answer;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.KnownInference;
import dev.lastmile.join.Origin;
import dev.lastmile.join.ParkedTruth;
import dev.lastmile.join.SeenRevision;
import dev.lastmile.score.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the join. Their {@link Origin} and their values, which they share with many others, are written elsewhere and
 * named by a number; or, as number 0, stand where the number does.
 */
public final class JoinEntryCodec {

    private static final int VERSION = 4 << 4;
    private static final int KNOWN = VERSION | 1;
    private static final int PARKED = VERSION | 2;

    /** The number of what is written with its entry. */
    public static final int OWN = 0;

    private JoinEntryCodec() {}

    /** Gives numbers, or {@link #OWN}. */
    public interface Numbers {
        /** The number of an origin. */
        int of(Origin origin);

        /** The number of a value. */
        int of(String value);
    }

    /** Finds by number, which is never {@link #OWN}; throws {@link IllegalStateException} if it was not given to anything. */
    public interface Named {
        /** The origin of that number. */
        Origin origin(int number);

        /** The value of that number. */
        String value(int number);
    }

    /** Writes an entry. */
    public static void write(JoinEntry entry, Numbers numbers, ByteWriter out) {
        if (entry instanceof JoinEntry.Known known) {
            out.octet(KNOWN);
            write(entry.origin(), numbers, out);
            writeInference(known.inference(), numbers, out);
        } else if (entry instanceof JoinEntry.Parked parked) {
            out.octet(PARKED);
            write(entry.origin(), numbers, out);
            out.number(parked.deadlineMs()).number(parked.truths().size());
            for (ParkedTruth truth : parked.truths()) {
                writeTruth(truth, out);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static JoinEntry read(ByteReader in, Named named) {
        int kind = in.octet();
        if (kind != KNOWN && kind != PARKED) {
            throw new ForeignStateException("format " + kind + " is not " + KNOWN + " or " + PARKED);
        }
        int number = in.unsigned();
        Origin origin = number == OWN ? OriginCodec.read(in) : named.origin(number);
        if (kind == KNOWN) {
            KnownInference inference = readInference(origin, in, named);
            return new JoinEntry.Known(inference, inference.occurredAtMs() + origin.keepMs());
        }
        long deadlineMs = in.number();
        int size = in.size();
        List<ParkedTruth> truths = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            truths.add(readTruth(in));
        }
        return new JoinEntry.Parked(origin, truths, deadlineMs);
    }

    private static void write(Origin origin, Numbers numbers, ByteWriter out) {
        int number = numbers.of(origin);
        out.unsigned(number);
        if (number == OWN) {
            OriginCodec.write(origin, out);
        }
    }

    private static void write(List<String> values, Numbers numbers, ByteWriter out) {
        out.unsigned(values.size());
        for (String value : values) {
            int number = numbers.of(value);
            out.unsigned(number);
            if (number == OWN) {
                out.text(value);
            }
        }
    }

    private static List<String> readValues(ByteReader in, Named named) {
        String[] values = new String[in.smallUnsigned()];
        for (int i = 0; i < values.length; i++) {
            int number = in.unsigned();
            values[i] = number == OWN ? in.text() : named.value(number);
        }
        return List.of(values);
    }

    private static void writeInference(KnownInference inference, Numbers numbers, ByteWriter out) {
        write(inference.values(), numbers, out);
        out.fixed(inference.contentHash()).number(inference.occurredAtMs()).number(inference.session());
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

    private static KnownInference readInference(Origin origin, ByteReader in, Named named) {
        List<String> values = readValues(in, named);
        long contentHash = in.fixed();
        long occurredAtMs = in.number();
        int session = in.smallNumber();
        Answer output = AnswerCodec.read(in);
        int standingRevision = in.smallNumber();
        Score score = readScore(in);
        int revisions = in.size();
        SeenRevision[] seen = new SeenRevision[revisions];
        for (int i = 0; i < revisions; i++) {
            seen[i] = new SeenRevision(in.smallNumber(), in.fixed(), in.octet() == 1);
        }
        return new KnownInference(
                contentHash, origin, values, occurredAtMs, session, output, standingRevision, score, List.of(seen));
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
