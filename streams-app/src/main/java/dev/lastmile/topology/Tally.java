package dev.lastmile.topology;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.join.Traits;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreMoments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    private final Map<Long, Map<Traits, SliceCounts[]>> byTraits = new HashMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final SessionSample sessions = new SessionSample(SessionSample.IN_TRANSIT);
    private final Ledger ledger = new Ledger();
    private long clockMs = Long.MIN_VALUE;
    private int bytes;

    /** Of the bucket that was counted in last: the next label is mostly of the same. */
    private Map<Traits, SliceCounts[]> lastByTraits = Map.of();

    private long lastStartMs;

    /** Of one model version. */
    private record Bucket(String modelVersion, long startMs) {}

    Tally(DeploymentId deployment, SliceDictionary dictionary) {
        this.deployment = deployment;
        this.dictionary = dictionary;
    }

    /** Counts what became of a record. */
    void add(long appendMs, Ledger its) {
        clockMs = Math.max(clockMs, appendMs);
        ledger.add(its);
    }

    /** Counts a record that was put away. */
    void putAway(RefusalReason reason) {
        deadLetters.merge(reason.name(), 1L, Long::sum);
    }

    /** Counts a change of statistics; returns about how many bytes its message grew by. */
    int add(Change change, DeploymentPolicy policy) {
        int before = bytes;
        SliceCounts[] cells = cellsOf(change.inference(), policy);
        if (change instanceof Change.Labelled labelled) {
            SliceCounts.addFirstLabel(cells, labelled.score(), labelled.delayMs());
            addToSessions(labelled);
        } else if (change instanceof Change.Corrected corrected) {
            for (SliceCounts counts : cells) {
                counts.correct(corrected.before(), corrected.after());
            }
        } else {
            for (SliceCounts counts : cells) {
                counts.addReceived();
            }
        }
        return bytes - before;
    }

    /** About how many bytes its messages take. */
    int bytes() {
        return bytes;
    }

    private SliceCounts[] cellsOf(KnownInference inference, DeploymentPolicy policy) {
        long startMs = policy.bucketStartOf(inference.occurredAtMs());
        if (lastByTraits.isEmpty() || startMs != lastStartMs) {
            lastByTraits = byTraits.computeIfAbsent(startMs, any -> new HashMap<>());
            lastStartMs = startMs;
        }
        SliceCounts[] cells = lastByTraits.get(inference.traits());
        if (cells == null) {
            cells = cellsOf(inference.traits(), startMs, policy);
            lastByTraits.put(inference.traits(), cells);
        }
        return cells;
    }

    private SliceCounts[] cellsOf(Traits traits, long startMs, DeploymentPolicy policy) {
        Map<Slice, SliceCounts> cells =
                buckets.computeIfAbsent(new Bucket(traits.modelVersion(), startMs), any -> new HashMap<>());
        List<Slice> slices = dictionary.slicesOf(traits, policy.slicing());
        SliceCounts[] its = new SliceCounts[slices.size()];
        for (int i = 0; i < its.length; i++) {
            Slice slice = slices.get(i);
            its[i] = cells.computeIfAbsent(slice, any -> {
                bytes += CELL_BYTES + bytesOf(traits.modelVersion()) + bytesOf(slice.toString());
                return new SliceCounts();
            });
        }
        return its;
    }

    /** Names are bounded in characters, and a message in bytes. */
    private static int bytesOf(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private void addToSessions(Change.Labelled labelled) {
        int session = labelled.inference().session();
        OptionalInt bin = labelled.score().bin();
        if (session == KnownInference.NO_SESSION || bin.isEmpty()) {
            return;
        }
        sessions.count(1);
        if (SessionSample.mayHold(session)) {
            ScoreMoments scores = new ScoreMoments();
            scores.add(bin.getAsInt());
            sessions.add(session, scores);
            bytes += SESSION_BYTES;
        }
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
