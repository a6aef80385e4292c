package dev.lastmile.detection;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches the label coverage of all slices of a deployment, bucket by bucket, each bucket once: when it is so old that most
 * of its labels must have come. What coverage was like before is learned from the first such buckets. Mutable.
 *
 * <p>Its false-alarm budget is one of its own, as large as a verdict's, counted in the labelled inferences of the buckets it
 * looked at. The promise takes inferences to get or miss their labels independently of each other, by sessions at most: a
 * labelling team that skips a whole hour of one slice is news, and no false alarm.
 */
public final class CoveragePanel {

    /** Inferences from whose labels it is learned what coverage is usual. */
    static final long LEARNED_FROM = 5_000;

    private static final byte FORMAT = 1;

    private final DetectionSettings settings;
    private final long bucketMs;
    private final Map<VersionSlice, CoverageDetector> detectors = new OrderedHash<>();
    private BudgetShares shares = new BudgetShares();
    private BaselineLearning learning = new BaselineLearning();
    private @Nullable Baseline usual;
    private long doneBeforeMs = Long.MIN_VALUE;

    /** A panel that has seen nothing yet. */
    public CoveragePanel(DetectionSettings settings, long bucketMs) {
        this.settings = settings;
        this.bucketMs = bucketMs;
    }

    /** Buckets that start before this were looked at, or came too late to be. */
    public long doneBeforeMs() {
        return doneBeforeMs;
    }

    /** All buckets that start before a time have been handed in. */
    public void done(long bucketStartMs) {
        doneBeforeMs = Math.max(doneBeforeMs, bucketStartMs);
    }

    /**
     * Looks at a bucket of a model version.
     *
     * @param bucket counts by slice
     * @param weight how much of one each inference counts as
     * @param cells of the deployment, for naming the slice that carries an effect
     */
    public List<Sighting> look(
            String modelVersion,
            long bucketStartMs,
            Map<Slice, SliceCounts> bucket,
            double weight,
            Function<CellKey, BucketCell> cells) {
        Baseline known = usual;
        if (known == null) {
            learn(bucket, bucketStartMs);
            return List.of();
        }
        bucket.keySet()
                .forEach(slice ->
                        detectors.computeIfAbsent(new VersionSlice(modelVersion, slice), any -> start(known, slice)
                                .orElse(null)));
        SliceCounts overall = bucket.getOrDefault(Slice.OVERALL, new SliceCounts());
        shares.grant((double) overall.labelled(), detectors.size());
        Look look = new Look(shares.granted(), weight, 0, bucketStartMs, bucketStartMs + bucketMs);
        List<Sighting> found = new ArrayList<>();
        bucket.forEach((slice, counts) -> {
            CoverageDetector detector = detectors.get(new VersionSlice(modelVersion, slice));
            SliceCounts parent = slice.isOverall() ? null : bucket.get(slice.parent());
            if (detector != null && parent != null) {
                ScoreHistogram missing = counts.missingLabels();
                detector.observe(missing, parent.missingLabels().minus(missing), look)
                        .ifPresent(finding -> found.add(new Sighting(new VersionSlice(modelVersion, slice), finding)));
            }
        });
        return new Pages(detectors, new TreeSet<>(), bucketMs, shares.granted(), cells).tell(found);
    }

    private Optional<CoverageDetector> start(Baseline known, Slice slice) {
        return known.referenceFor(slice, settings.minimumBaseline())
                .flatMap(reference -> CoverageDetector.start(settings, reference, shares.granted()));
    }

    private void learn(Map<Slice, SliceCounts> bucket, long bucketStartMs) {
        bucket.forEach((slice, counts) -> {
            if (counts.received() > 0) {
                learning.addScores(slice, counts.missingLabels());
            }
        });
        if (learning.labelled() >= LEARNED_FROM) {
            usual = learning.freeze(Baseline.Source.LEARNED, 0, bucketStartMs + bucketMs, bucketStartMs, 1);
            learning = new BaselineLearning();
        }
    }

    /** Writes the state, a format version first. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeLong(doneBeforeMs);
        shares.writeTo(out);
        Baseline known = usual;
        out.writeBoolean(known != null);
        if (known == null) {
            learning.writeTo(out);
            return;
        }
        known.writeTo(out);
        out.writeInt(detectors.size());
        for (Map.Entry<VersionSlice, CoverageDetector> entry : detectors.entrySet()) {
            out.writeUTF(entry.getKey().modelVersion());
            out.writeUTF(entry.getKey().slice().toString());
            entry.getValue().writeTo(out);
        }
    }

    /** The inverse of {@link #writeTo}; throws {@link IOException} for another format. */
    public static CoveragePanel readFrom(DataInput in, DetectionSettings settings, long bucketMs) throws IOException {
        StateFormat.require("coverage panel", FORMAT, in);
        CoveragePanel panel = new CoveragePanel(settings, bucketMs);
        panel.doneBeforeMs = in.readLong();
        panel.shares = BudgetShares.readFrom(in);
        if (!in.readBoolean()) {
            panel.learning = BaselineLearning.readFrom(in);
            return panel;
        }
        Baseline known = Baseline.readFrom(in);
        panel.usual = known;
        for (int left = in.readInt(); left > 0; left--) {
            VersionSlice key = new VersionSlice(in.readUTF(), Slice.parse(in.readUTF()));
            Reference reference = known.referenceFor(key.slice(), settings.minimumBaseline())
                    .orElseThrow(() -> new IOException("state of a coverage detector without a reference: " + key));
            panel.detectors.put(key, CoverageDetector.readFrom(in, settings, reference));
        }
        return panel;
    }
}
