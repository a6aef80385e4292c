package dev.lastmile.topology;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.Slicing;
import dev.lastmile.stats.ScoreMoments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What one task counts for one deployment, until it is sent on. Mutable. */
final class Tally {

    /** A message is cut here, well below the broker's limit of 1 MB. */
    private static final int MAX_CELLS = 2_000;

    /** About what a cell with a few labels takes in a message, beside its slice. */
    private static final int CELL_BYTES = 60;

    private static final int SESSION_BYTES = 12;

    private final DeploymentId deployment;
    private final Map<Bucket, Cells> buckets = new HashMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final SessionSample sessions = new SessionSample(SessionSample.IN_TRANSIT);
    private Ledger ledger = new Ledger();
    private long clockMs = Long.MIN_VALUE;

    /** Of one model version. */
    private record Bucket(String modelVersion, long startMs) {}

    /** Counts of a bucket's slices, and for the values that inferences had, the counts they go into. */
    private static final class Cells {
        private final Map<Slice, SliceCounts> counts = new HashMap<>();
        private final Map<Values, List<SliceCounts>> rows = new HashMap<>();
    }

    /** Of one inference, under the slicing it was accepted with. */
    private record Values(int slicing, List<String> values) {}

    Tally(DeploymentId deployment) {
        this.deployment = deployment;
    }

    /** Counts what a record changed, statistics included; returns about how many bytes its message grew by. */
    int add(Step step, DeploymentPolicy policy) {
        int grown = add(step);
        for (Change change : step.changes()) {
            grown += addToCells(policy, change) + addToSessions(change);
        }
        return grown;
    }

    /** Counts what a record changed that no policy covers, or that changed no statistics. */
    int add(Step step) {
        clockMs = Math.max(clockMs, step.appendMs());
        ledger.add(step.ledger());
        for (DeadLetter letter : step.deadLetters()) {
            deadLetters.merge(letter.reason().name(), 1L, Long::sum);
        }
        return 0;
    }

    private int addToCells(DeploymentPolicy policy, Change change) {
        KnownInference inference = change.inference();
        Cells cells = buckets.computeIfAbsent(
                new Bucket(inference.modelVersion(), policy.bucketStartOf(inference.occurredAtMs())),
                any -> new Cells());
        Values values = new Values(inference.slicing(), inference.values());
        List<SliceCounts> row = cells.rows.get(values);
        int grown = 0;
        if (row == null) {
            List<Slice> slices = slicesOf(inference, policy.slicing());
            row = new ArrayList<>(slices.size());
            for (Slice slice : slices) {
                if (!cells.counts.containsKey(slice)) {
                    cells.counts.put(slice, new SliceCounts());
                    grown += CELL_BYTES + slice.toString().length();
                }
                row.add(Objects.requireNonNull(cells.counts.get(slice)));
            }
            cells.rows.put(values, row);
        }
        for (SliceCounts counts : row) {
            apply(change, counts);
        }
        return grown;
    }

    /** Values that were declared under another slicing say nothing about the slices of this one. */
    private static List<Slice> slicesOf(KnownInference inference, Slicing slicing) {
        return inference.slicing() == slicing.fingerprint()
                ? slicing.slicesOf(inference.values())
                : List.of(Slice.OVERALL);
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

    private int addToSessions(Change change) {
        int session = change.inference().session();
        if (session == KnownInference.NO_SESSION || !(change instanceof Change.Labelled labelled)) {
            return 0;
        }
        if (labelled.score().bin().isEmpty()) {
            return 0;
        }
        sessions.count(1);
        if (!SessionSample.mayHold(session)) {
            return 0;
        }
        ScoreMoments scores = new ScoreMoments();
        scores.add(labelled.score().bin().getAsInt());
        sessions.add(session, scores);
        return SESSION_BYTES;
    }

    /** The messages: the first has all that is not a cell, and a bucket is never cut in two. */
    List<Delta> deltas() {
        List<Delta> deltas = new ArrayList<>();
        List<Delta.Cell> cells = new ArrayList<>();
        TreeMap<CellKey, SliceCounts> ordered = new TreeMap<>();
        buckets.forEach((bucket, its) -> its.counts.forEach(
                (slice, counts) -> ordered.put(new CellKey(bucket.modelVersion(), bucket.startMs(), slice), counts)));
        Bucket last = null;
        for (Map.Entry<CellKey, SliceCounts> entry : ordered.entrySet()) {
            Bucket bucket =
                    new Bucket(entry.getKey().modelVersion(), entry.getKey().bucketStartMs());
            if (cells.size() >= MAX_CELLS && !bucket.equals(last)) {
                deltas.add(delta(cells, deltas.isEmpty()));
                cells = new ArrayList<>();
            }
            last = bucket;
            cells.add(new Delta.Cell(
                    bucket.modelVersion(), bucket.startMs(), entry.getKey().slice(), entry.getValue()));
        }
        deltas.add(delta(cells, deltas.isEmpty()));
        return deltas;
    }

    private Delta delta(List<Delta.Cell> cells, boolean first) {
        return first
                ? new Delta(deployment, clockMs, ledger, deadLetters, sessions, cells)
                : new Delta(
                        deployment,
                        clockMs,
                        new Ledger(),
                        Map.of(),
                        new SessionSample(SessionSample.IN_TRANSIT),
                        cells);
    }
}
