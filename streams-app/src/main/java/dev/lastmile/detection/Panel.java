package dev.lastmile.detection;

import dev.lastmile.detection.HeldEvidence.Bucket;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.OrderedHash;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.ScoreHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All detectors of a deployment: pairs the scores of every slice with those of its rest, bucket by bucket, deals out the
 * false-alarm budget and decides which findings are worth a page. Mutable.
 *
 * <p>Guarantee, per verdict: while no slice is worse than its rest, or its baseline, by more than is tolerated, at most one
 * page is raised per {@link DetectionSettings#budget()} labelled inferences on average. Each page has a crossing T ≥ 1 of a
 * detector of its own, and the crossings are within the budget, see {@link EvidenceProcess} and {@link BudgetShares}; which
 * slice a page names, and which it explains, never adds one.
 */
public final class Panel {

    /** What a panel reads of its deployment's statistics. */
    public interface Statistics {

        /**
         * A cell as it is now, the batch included. The panel marks what it has bet on, so that the caller must keep the
         * cell; one that nothing was counted in is empty.
         */
        BucketCell cell(CellKey key);

        /** Scores so far of the slice's parent, or of all traffic of the version for the overall slice. */
        long scoresAround(VersionSlice key);
    }

    /** Where slices find what they are compared with. */
    public interface References {

        /** The baseline's part for a slice; absent where there is none. */
        @Nullable
        Reference of(Slice slice);
    }

    private static final byte FORMAT = 1;

    private final DetectionSettings settings;
    private final long bucketMs;
    private final References references;
    private final Map<VersionSlice, SliceDetector> detectors = new OrderedHash<>();
    private final Set<VersionSlice> touched = new LinkedHashSet<>();
    private final HeldEvidence held = new HeldEvidence();
    private BudgetShares shares = new BudgetShares();
    private double clock;

    /** A panel without detectors; they come with the first labels of their slices. */
    public Panel(DetectionSettings settings, long bucketMs, References references) {
        this.settings = settings;
        this.bucketMs = bucketMs;
        this.references = references;
    }

    /**
     * Bets on a batch. All detectors of the batch exist before the first bet, so that they share the budget fairly, and
     * what they are granted starts before the batch. Evidence that was held back is tried again whenever its bucket is
     * touched, whether by labels of the slice or of its rest.
     *
     * @param batch what was counted, cell by cell; detectors take the first scores of it
     * @param labelled labelled inferences in it
     * @param weight how much of one each counts as, see {@link Look#weight}; from the past alone
     * @param statistics of the deployment, this batch included
     * @return pages to raise, to update and to end, in the order in which they are to be told
     */
    public List<Sighting> look(Map<CellKey, SliceCounts> batch, long labelled, double weight, Statistics statistics) {
        List<Pending> pending = pending(batch);
        grant(pending, labelled);
        List<Sighting> found = new ArrayList<>();
        for (Pending one : pending) {
            CellKey key = one.key();
            VersionSlice slice = one.slice();
            SliceDetector detector = one.detector();
            Look look = new Look(
                    shares.granted(),
                    weight,
                    statistics.scoresAround(slice),
                    key.bucketStartMs(),
                    key.bucketStartMs() + bucketMs);
            if (one.fresh() != null) {
                detector.observeOwn(one.fresh(), look).forEach(finding -> found.add(new Sighting(slice, finding)));
            }
            if (!key.slice().isOverall()) {
                pair(key, statistics, detector, look).forEach(finding -> found.add(new Sighting(slice, finding)));
            }
            touched.add(slice);
        }
        return new Pages(detectors, touched, bucketMs, shares.granted(), statistics::cell).tell(found);
    }

    /**
     * Evidence to bet on.
     *
     * @param fresh scores that the batch brought; absent for what was held back
     */
    private record Pending(
            CellKey key,
            VersionSlice slice,
            SliceDetector detector,
            @Nullable ScoreHistogram fresh) {}

    /** In the order of cells: what has new scores, and what was held back beside it. */
    private List<Pending> pending(Map<CellKey, SliceCounts> batch) {
        List<Pending> pending = new ArrayList<>();
        Set<Bucket> buckets = new HashSet<>();
        batch.forEach((key, counts) -> {
            if (hasScores(counts)) {
                pending.add(pending(key, counts.firstScores()));
                if (!held.isEmpty()) {
                    buckets.add(Bucket.of(key));
                }
            }
        });
        for (Bucket bucket : buckets) {
            for (CellKey key : held.of(bucket)) {
                if (!hasScores(batch.get(key))) {
                    pending.add(pending(key, null));
                }
            }
        }
        pending.sort(Comparator.comparing(Pending::key));
        return pending;
    }

    private static boolean hasScores(@Nullable SliceCounts counts) {
        return counts != null && counts.firstScores().count() > 0;
    }

    private Pending pending(CellKey key, @Nullable ScoreHistogram fresh) {
        VersionSlice slice = key.versionSlice();
        SliceDetector detector = detectors.computeIfAbsent(
                slice,
                any -> SliceDetector.start(settings, slice.slice(), references.of(slice.slice()), shares.granted()));
        return new Pending(key, slice, detector, fresh);
    }

    /** Whoever is touched is active from now on; who was idle has no share of the time it was. */
    private void grant(List<Pending> pending, long labelled) {
        for (Pending one : pending) {
            SliceDetector detector = one.detector();
            if (isIdle(detector)) {
                detector.grantFrom(shares.granted());
            }
            detector.touch(clock + labelled);
        }
        int active = 0;
        for (SliceDetector detector : detectors.values()) {
            active += isIdle(detector) ? 0 : 1;
        }
        shares.grant((double) labelled, active);
        clock += labelled;
    }

    private boolean isIdle(SliceDetector detector) {
        return clock - detector.touchedAt() > BudgetShares.IDLE_AFTER;
    }

    private List<Finding> pair(CellKey key, Statistics statistics, SliceDetector detector, Look look) {
        BucketCell cell = statistics.cell(key);
        BucketCell parent = statistics.cell(key.parent());
        ScoreHistogram ofSlice = cell.pendingOfSlice();
        ScoreHistogram ofRest = cell.pendingOfRest(parent);
        if (!detector.pairs(ofSlice.count(), ofRest.count())) {
            held.add(key);
            return List.of();
        }
        List<Finding> findings = detector.observePair(ofSlice, ofRest, look);
        cell.use(parent);
        held.remove(key);
        return findings;
    }

    /**
     * Another baseline is in force: what rests on one starts anew, and what was held back has become part of it or of the
     * past.
     */
    public void rebase() {
        held.clear();
        detectors.replaceAll((key, detector) -> detector.rebased(references.of(key.slice()), shares.granted()));
        touched.addAll(detectors.keySet());
    }

    /** Evidence of a cell waits for more of its rest. */
    public void hold(CellKey key) {
        held.add(key);
    }

    /** Forgets evidence of buckets that no label can reach any more. */
    public void forgetBefore(long bucketStartMs) {
        held.removeBefore(bucketStartMs);
    }

    /** The detector of a slice; absent before its first label. */
    public @Nullable SliceDetector find(VersionSlice slice) {
        return detectors.get(slice);
    }

    /** The slices whose detectors changed since this was last asked. */
    public Set<VersionSlice> takeTouched() {
        Set<VersionSlice> taken = new LinkedHashSet<>(touched);
        touched.clear();
        return taken;
    }

    /** Writes what is not a detector's, a format version first. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeDouble(clock);
        shares.writeTo(out);
    }

    /** The inverse of {@link #writeTo}, into this panel; throws {@link IOException} for another format. */
    public Panel restore(DataInput in) throws IOException {
        StateFormat.require("panel", FORMAT, in);
        clock = in.readDouble();
        shares = BudgetShares.readFrom(in);
        return this;
    }

    /** Brings the detector of a slice back, written by {@link SliceDetector#writeTo} under the same settings and baseline. */
    public Panel restore(VersionSlice key, DataInput in) throws IOException {
        detectors.put(key, SliceDetector.readFrom(in, settings, key.slice(), references.of(key.slice())));
        return this;
    }
}
