package dev.lastmile.topology;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreMoments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one task counts for one deployment, until it is sent on. Mutable. */
final class Tally {

    /** A message is cut here, well below the broker's limit of 1 MB. */
    private static final int MAX_CELLS = 2_000;

    /** About what a cell with a few labels takes in a message, beside the names in it. */
    private static final int CELL_BYTES = 60;

    private static final int SESSION_BYTES = 12;

    private final DeploymentId deployment;
    private final SliceDictionary dictionary;
    private final Map<Bucket, Map<Slice, SliceCounts>> buckets = new HashMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final SessionSample sessions = new SessionSample(SessionSample.IN_TRANSIT);
    private final Ledger ledger = new Ledger();
    private long clockMs = Long.MIN_VALUE;
    private int bytes;

    /** Of one model version. */
    private record Bucket(String modelVersion, long startMs) {}

    Tally(DeploymentId deployment, SliceDictionary dictionary) {
        this.deployment = deployment;
        this.dictionary = dictionary;
    }

    /** Counts what a record changed, statistics included; returns about how many bytes its message grew by. */
    int add(Step.Counted step, DeploymentPolicy policy) {
        add(step);
        int grown = 0;
        for (Change change : step.changes()) {
            grown += addToCells(policy, change) + addToSessions(change);
        }
        bytes += grown;
        return grown;
    }

    /** About how many bytes its messages take. */
    int bytes() {
        return bytes;
    }

    /** Counts what a record changed, but for statistics. */
    void add(Step.Counted step) {
        clockMs = Math.max(clockMs, step.appendMs());
        ledger.add(step.ledger());
        for (DeadLetter letter : step.deadLetters()) {
            deadLetters.merge(letter.reason().name(), 1L, Long::sum);
        }
    }

    private int addToCells(DeploymentPolicy policy, Change change) {
        KnownInference inference = change.inference();
        Map<Slice, SliceCounts> cells = buckets.computeIfAbsent(
                new Bucket(inference.modelVersion(), policy.bucketStartOf(inference.occurredAtMs())),
                any -> new HashMap<>());
        int grown = 0;
        for (Slice slice : dictionary.slicesOf(inference, policy.slicing())) {
            SliceCounts counts = cells.get(slice);
            if (counts == null) {
                counts = new SliceCounts();
                cells.put(slice, counts);
                grown += CELL_BYTES + bytesOf(inference.modelVersion()) + bytesOf(slice.toString());
            }
            apply(change, counts);
        }
        return grown;
    }

    /** Names are bounded in characters, and a message in bytes. */
    private static int bytesOf(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
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
        buckets.forEach((bucket, its) -> its.forEach(
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
