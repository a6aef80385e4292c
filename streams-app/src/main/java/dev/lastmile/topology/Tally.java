package dev.lastmile.topology;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.SliceTree;
import dev.lastmile.stats.ScoreMoments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one task counts for one deployment, until it is sent on. Mutable. */
final class Tally {

    /** A message is cut here, well below the broker's limit of 1 MB. */
    private static final int MAX_CELLS = 2_000;

    /** About what a cell with a few labels takes in a message, beside the names in it. */
    private static final int CELL_BYTES = 60;

    private static final int SESSION_BYTES = 12;

    /** Where more slices than so many times those of a bucket are known, it is cheaper to sort the bucket's. */
    private static final int FEW_OF = 16;

    private final DeploymentId deployment;
    private final Map<Bucket, Cells> buckets = new HashMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final SessionSample sessions = new SessionSample(SessionSample.IN_TRANSIT);
    private final Ledger ledger = new Ledger();
    private long clockMs = Long.MIN_VALUE;
    private int bytes;
    private @Nullable SliceTree slices;

    /** The bucket that was counted in last: the next change is mostly of the same. */
    private @Nullable Bucket lastBucket;

    private Cells lastCells = new Cells();

    /** Of one model version. */
    private record Bucket(String modelVersion, long startMs) implements Comparable<Bucket> {

        @Override
        public int compareTo(Bucket other) {
            int byVersion = modelVersion.compareTo(other.modelVersion);
            return byVersion != 0 ? byVersion : Long.compare(startMs, other.startMs);
        }

        boolean is(String otherVersion, long otherStartMs) {
            return startMs == otherStartMs && modelVersion.equals(otherVersion);
        }
    }

    /** Counts of a bucket by the number of their slice; absent where nothing was counted. */
    private static final class Cells {

        /** Only so many have a place in an array: a customer who invents values has large numbers, and few of them in a bucket. */
        private static final int MOST_PLACES = 1_024;

        private @Nullable SliceCounts[] byNumber = new @Nullable SliceCounts[16];
        private final Map<Integer, SliceCounts> beyond = new HashMap<>(0);
        private int size;

        @Nullable
        SliceCounts get(int number) {
            if (number < byNumber.length) {
                return byNumber[number];
            }
            return number < MOST_PLACES ? null : beyond.get(number);
        }

        SliceCounts add(int number) {
            SliceCounts added = new SliceCounts();
            size++;
            if (number >= MOST_PLACES) {
                beyond.put(number, added);
                return added;
            }
            if (number >= byNumber.length) {
                byNumber = Arrays.copyOf(byNumber, Math.min(MOST_PLACES, Math.max(2 * byNumber.length, number + 1)));
            }
            byNumber[number] = added;
            return added;
        }

        /** The numbers of slices, in the order of these, and perhaps some of which nothing was counted. */
        int[] inOrder(SliceTree its) {
            if (FEW_OF * size >= its.size()) {
                return its.inOrder();
            }
            return IntStream.concat(
                            IntStream.range(0, byNumber.length).filter(number -> byNumber[number] != null),
                            beyond.keySet().stream().mapToInt(Integer::intValue))
                    .boxed()
                    .sorted(Comparator.comparing(its::slice))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    Tally(DeploymentId deployment) {
        this.deployment = deployment;
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

    /**
     * Counts a change of statistics.
     *
     * @param bucketStartMs start of the bucket the inference is in
     * @param its slices of the deployment, always the same; they may grow beyond what is counted here
     * @return about how many bytes its message grew by
     */
    int add(Change change, long bucketStartMs, SliceTree its) {
        int before = bytes;
        slices = its;
        SliceCounts[] cells = cellsOf(change.inference(), bucketStartMs, its);
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

    /** Of the deployment; absent before any statistics were counted. */
    @Nullable
    SliceTree slices() {
        return slices;
    }

    private SliceCounts[] cellsOf(KnownInference inference, long startMs, SliceTree tree) {
        String version = inference.origin().modelVersion();
        Cells cells = cellsOf(version, startMs);
        int[] numbers = tree.numbersOf(inference.origin().slicing(), inference.values());
        SliceCounts[] its = new SliceCounts[numbers.length];
        for (int i = 0; i < its.length; i++) {
            SliceCounts counts = cells.get(numbers[i]);
            if (counts == null) {
                counts = cells.add(numbers[i]);
                bytes += CELL_BYTES + bytesOf(version) + tree.nameBytes(numbers[i]);
            }
            its[i] = counts;
        }
        return its;
    }

    private Cells cellsOf(String version, long startMs) {
        if (lastBucket == null || !lastBucket.is(version, startMs)) {
            lastBucket = new Bucket(version, startMs);
            lastCells = buckets.computeIfAbsent(lastBucket, any -> new Cells());
        }
        return lastCells;
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

    /** The messages, in the order of cells: the first has all that is not a cell, and a bucket is never cut in two. */
    List<Delta> deltas() {
        List<Delta> deltas = new ArrayList<>();
        List<Delta.Cell> cells = new ArrayList<>();
        for (Map.Entry<Bucket, Cells> bucket : new TreeMap<>(buckets).entrySet()) {
            if (cells.size() >= MAX_CELLS) {
                deltas.add(delta(cells, deltas.isEmpty()));
                cells = new ArrayList<>();
            }
            addTo(cells, bucket.getKey(), bucket.getValue());
        }
        deltas.add(delta(cells, deltas.isEmpty()));
        return deltas;
    }

    private void addTo(List<Delta.Cell> cells, Bucket bucket, Cells counted) {
        SliceTree its = Objects.requireNonNull(slices, "there are no cells without slices");
        for (int number : counted.inOrder(its)) {
            SliceCounts counts = counted.get(number);
            if (counts != null) {
                cells.add(new Delta.Cell(bucket.modelVersion(), bucket.startMs(), its.slice(number), counts));
            }
        }
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
