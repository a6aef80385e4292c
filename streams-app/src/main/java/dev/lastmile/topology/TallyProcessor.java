package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.Slicing;
import dev.lastmile.stats.ScoreMoments;
import dev.lastmile.topology.serde.PartialCodec;
import dev.lastmile.topology.serde.PartialCodec.Subject;
import dev.lastmile.topology.serde.SliceCountsCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Sums what the join reports and sends the sums on, once an interval, as one message a deployment.
 *
 * <p>The sums live in a changelogged store, never in the heap alone: draining (read, forward, delete) then is part of the
 * same transaction as the offsets of the records summed, and a crash neither loses nor repeats a count.
 */
final class TallyProcessor implements Processor<byte[], Step, String, Delta> {

    static final String STORE = "partials";

    /** A message is cut here, well below the broker's limit of 1 MB. */
    private static final int MAX_CELLS = 2_000;

    /**
     * Sums are sent on early when about so many bytes of them have gathered: one bucket is one message, however many values
     * a customer invents within an interval, and the broker refuses messages of 1 MB.
     */
    private static final int MAX_GATHERED_BYTES = 256 << 10;

    private final Policies policies;
    private final Duration drainEvery;

    private int gatheredBytes;
    private @Nullable ProcessorContext<String, Delta> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    TallyProcessor(Policies policies, Duration drainEvery) {
        this.policies = policies;
        this.drainEvery = drainEvery;
    }

    @Override
    public void init(ProcessorContext<String, Delta> newContext) {
        context = newContext;
        KeyValueStore<Bytes, byte[]> partials = newContext.getStateStore(STORE);
        store = partials;
        newContext.schedule(drainEvery, PunctuationType.WALL_CLOCK_TIME, this::drain);
    }

    @Override
    public void process(Record<byte[], Step> record) {
        Step step = record.value();
        DeploymentId deployment = step.deployment();
        raiseClock(deployment, step.appendMs());
        step.ledger().asMap().forEach((disposition, delta) -> {
            if (delta != 0) {
                addNumber(deployment, new Subject.OfDisposition(disposition), delta);
            }
        });
        for (DeadLetter letter : step.deadLetters()) {
            addNumber(deployment, new Subject.OfReason(letter.reason().name()), 1);
        }
        if (!step.changes().isEmpty()) {
            DeploymentPolicy policy = policies.find(deployment).orElseThrow();
            for (Change change : step.changes()) {
                addToCells(deployment, policy, change);
                addToSessions(deployment, change);
            }
        }
        if (gatheredBytes >= MAX_GATHERED_BYTES) {
            drain(started(context).currentSystemTimeMs());
        }
    }

    private void addToCells(DeploymentId deployment, DeploymentPolicy policy, Change change) {
        KnownInference inference = change.inference();
        long bucketStartMs = policy.bucketStartOf(inference.occurredAtMs());
        for (Slice slice : slicesOf(inference, policy.slicing())) {
            Bytes key = Bytes.wrap(
                    PartialCodec.write(deployment, new Subject.OfCell(inference.modelVersion(), bucketStartMs, slice)));
            byte[] bytes = started(store).get(key);
            SliceCounts counts = bytes == null ? new SliceCounts() : SliceCountsCodec.read(bytes);
            apply(change, counts);
            put(key, bytes, SliceCountsCodec.write(counts));
        }
    }

    private void addToSessions(DeploymentId deployment, Change change) {
        int session = change.inference().session();
        if (session == KnownInference.NO_SESSION || !(change instanceof Change.Labelled labelled)) {
            return;
        }
        labelled.score().bin().ifPresent(bin -> {
            addNumber(deployment, new Subject.SessionLabels(), 1);
            if (SessionSample.mayHold(session)) {
                Bytes key = Bytes.wrap(PartialCodec.write(deployment, new Subject.OfSession(session)));
                byte[] bytes = started(store).get(key);
                ScoreMoments scores = bytes == null ? new ScoreMoments() : PartialCodec.readScores(bytes);
                scores.add(bin);
                put(key, bytes, PartialCodec.writeScores(scores));
            }
        });
    }

    /** Values that were declared under another slicing say nothing about the slices of this one. */
    private static List<Slice> slicesOf(KnownInference inference, Slicing slicing) {
        return inference.slicing() == slicing.fingerprint()
                ? slicing.slicesOf(inference.values())
                : List.of(Slice.OVERALL);
    }

    private void put(Bytes key, byte @Nullable [] before, byte[] after) {
        if (before == null) {
            gatheredBytes += key.get().length + after.length;
        }
        started(store).put(key, after);
    }

    private static void apply(Change change, SliceCounts counts) {
        if (change instanceof Change.Labelled labelled) {
            counts.addFirstLabel(labelled.score(), labelled.delayMs());
        } else if (change instanceof Change.Corrected corrected) {
            counts.correct(corrected.before(), corrected.after());
        } else {
            counts.addReceived();
        }
    }

    private void raiseClock(DeploymentId deployment, long appendMs) {
        Bytes key = Bytes.wrap(PartialCodec.write(deployment, new Subject.Clock()));
        byte[] bytes = started(store).get(key);
        if (bytes == null || PartialCodec.readNumber(bytes) < appendMs) {
            put(key, bytes, PartialCodec.writeNumber(appendMs));
        }
    }

    private void addNumber(DeploymentId deployment, Subject subject, long delta) {
        Bytes key = Bytes.wrap(PartialCodec.write(deployment, subject));
        byte[] bytes = started(store).get(key);
        long sum = (bytes == null ? 0 : PartialCodec.readNumber(bytes)) + delta;
        put(key, bytes, PartialCodec.writeNumber(sum));
    }

    private void drain(long now) {
        KeyValueStore<Bytes, byte[]> partials = started(store);
        Gathering gathering = new Gathering(started(context), now);
        try (KeyValueIterator<Bytes, byte[]> all = partials.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                gathering.take(PartialCodec.read(entry.key.get()), entry.value);
                partials.delete(entry.key);
            }
        }
        gathering.send();
        gatheredBytes = 0;
    }

    /** The message in the making; keys come ordered by deployment, the clock first. */
    private static final class Gathering {
        private final ProcessorContext<String, Delta> context;
        private final long now;
        private @Nullable DeploymentId deployment;
        private long clockMs;
        private Ledger ledger = new Ledger();
        private Map<String, Long> deadLetters = new TreeMap<>();
        private SessionSample sessions = new SessionSample(SessionSample.IN_TRANSIT);
        private List<Delta.Cell> cells = new ArrayList<>();

        Gathering(ProcessorContext<String, Delta> context, long now) {
            this.context = context;
            this.now = now;
        }

        void take(PartialCodec.Key key, byte[] value) {
            if (!key.deployment().equals(deployment) || (cells.size() >= MAX_CELLS && startsBucket(key))) {
                send();
                deployment = key.deployment();
            }
            if (key.subject() instanceof Subject.OfDisposition of) {
                Disposition disposition = of.disposition();
                ledger.add(disposition, PartialCodec.readNumber(value));
            } else if (key.subject() instanceof Subject.OfReason of) {
                deadLetters.put(of.reason(), PartialCodec.readNumber(value));
            } else if (key.subject() instanceof Subject.SessionLabels) {
                sessions.count(PartialCodec.readNumber(value));
            } else if (key.subject() instanceof Subject.OfSession of) {
                sessions.add(of.session(), PartialCodec.readScores(value));
            } else if (key.subject() instanceof Subject.OfCell of) {
                cells.add(new Delta.Cell(
                        of.modelVersion(), of.bucketStartMs(), of.slice(), SliceCountsCodec.read(value)));
            } else {
                clockMs = PartialCodec.readNumber(value);
            }
        }

        /** A bucket is never cut in two: its slices have to add up whenever they are looked at. */
        private boolean startsBucket(PartialCodec.Key key) {
            Delta.Cell last = cells.get(cells.size() - 1);
            return !(key.subject() instanceof Subject.OfCell of
                    && of.bucketStartMs() == last.bucketStartMs()
                    && of.modelVersion().equals(last.modelVersion()));
        }

        void send() {
            if (deployment != null) {
                Delta delta = new Delta(deployment, clockMs, ledger, deadLetters, sessions, cells);
                context.forward(new Record<>(deployment.toString(), delta, now));
            }
            ledger = new Ledger();
            deadLetters = new TreeMap<>();
            sessions = new SessionSample(SessionSample.IN_TRANSIT);
            cells = new ArrayList<>();
        }
    }
}
