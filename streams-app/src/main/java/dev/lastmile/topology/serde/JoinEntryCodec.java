package dev.lastmile.topology.serde;

import dev.lastmile.event.Answer;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.KnownInference;
import dev.lastmile.join.ParkedTruth;
import dev.lastmile.join.SeenRevision;
import dev.lastmile.join.Traits;
import dev.lastmile.score.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the join, beside the {@link Traits} they share with others: those are written elsewhere and named by a number,
 * or, as number 0, follow the entry itself.
 */
public final class JoinEntryCodec {

    private static final int VERSION = 3 << 4;
    private static final int KNOWN = VERSION | 1;
    private static final int PARKED = VERSION | 2;

    /** The number of traits that are written with their entry. */
    public static final int OWN_TRAITS = 0;

    private JoinEntryCodec() {}

    /** Finds traits by their number, which is never {@link #OWN_TRAITS}. */
    public interface KnownTraits {
        /** The traits of that number; throws {@link IllegalStateException} if there are none. */
        Traits get(int number);
    }

    /**
     * Writes an entry.
     *
     * @param number of its traits
     */
    public static void write(JoinEntry entry, int number, ByteWriter out) {
        if (entry instanceof JoinEntry.Known known) {
            out.octet(KNOWN).unsigned(number);
            writeInference(known.inference(), out);
        } else if (entry instanceof JoinEntry.Parked parked) {
            out.octet(PARKED)
                    .unsigned(number)
                    .number(parked.deadlineMs())
                    .number(parked.truths().size());
            for (ParkedTruth truth : parked.truths()) {
                writeTruth(truth, out);
            }
        }
        if (number == OWN_TRAITS) {
            TraitsCodec.write(entry.traits(), out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static JoinEntry read(byte[] bytes, KnownTraits known) {
        ByteReader in = new ByteReader(bytes);
        int kind = in.octet();
        if (kind != KNOWN && kind != PARKED) {
            throw new IllegalStateException("format " + kind + " is not " + KNOWN + " or " + PARKED
                    + ": the state was written by another release, reset it or run that release");
        }
        int number = in.unsigned();
        if (kind == KNOWN) {
            Stored stored = readInference(in);
            Traits traits = number == OWN_TRAITS ? TraitsCodec.read(in) : known.get(number);
            return stored.with(traits);
        }
        long deadlineMs = in.number();
        int size = in.size();
        List<ParkedTruth> truths = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            truths.add(readTruth(in));
        }
        Traits traits = number == OWN_TRAITS ? TraitsCodec.read(in) : known.get(number);
        return new JoinEntry.Parked(traits, truths, deadlineMs);
    }

    /** An inference without its traits. */
    private record Stored(
            long contentHash,
            long occurredAtMs,
            int session,
            @Nullable Answer output,
            int standingRevision,
            @Nullable Score score,
            List<SeenRevision> seen) {

        JoinEntry.Known with(Traits traits) {
            return new JoinEntry.Known(
                    new KnownInference(
                            contentHash, traits, occurredAtMs, session, output, standingRevision, score, seen),
                    occurredAtMs + traits.keepMs());
        }
    }

    private static void writeInference(KnownInference inference, ByteWriter out) {
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

    private static Stored readInference(ByteReader in) {
        long contentHash = in.fixed();
        long occurredAtMs = in.number();
        int session = in.smallNumber();
        Answer output = AnswerCodec.read(in);
        int standingRevision = in.smallNumber();
        Score score = readScore(in);
        int revisions = in.size();
        List<SeenRevision> seen = new ArrayList<>(revisions);
        for (int i = 0; i < revisions; i++) {
            seen.add(new SeenRevision(in.smallNumber(), in.fixed(), in.octet() == 1));
        }
        return new Stored(contentHash, occurredAtMs, session, output, standingRevision, score, seen);
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
