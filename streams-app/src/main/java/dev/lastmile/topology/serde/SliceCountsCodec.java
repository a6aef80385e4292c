package dev.lastmile.topology.serde;

import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.DelayHistogram;
import dev.lastmile.stats.RatioSums;
import dev.lastmile.stats.ScoreHistogram;

/** Counts as zigzag numbers; histograms as (bin, count) pairs of the bins that are not empty. */
public final class SliceCountsCodec {

    private static final int VERSION = 1;

    private SliceCountsCodec() {}

    /** The bytes of some counts. */
    public static byte[] write(SliceCounts counts) {
        ByteWriter out = new ByteWriter().octet(VERSION);
        write(counts, out);
        return out.toByteArray();
    }

    /** The counts of some bytes. */
    public static SliceCounts read(byte[] bytes) {
        return read(new ByteReader(bytes).expectVersion(VERSION));
    }

    static void write(SliceCounts counts, ByteWriter out) {
        RatioSums ratio = counts.ratio();
        out.number(counts.received())
                .number(counts.labelled())
                .number(counts.emptyReferences())
                .number(counts.substitutions())
                .number(counts.deletions())
                .number(counts.insertions())
                .number(ratio.count())
                .number(ratio.errors())
                .number(ratio.trials())
                .number(ratio.errorsSquared())
                .number(ratio.errorsTimesTrials())
                .number(ratio.trialsSquared());
        write(counts.firstScores(), out);
        write(counts.labelDelays(), out);
    }

    static SliceCounts read(ByteReader in) {
        SliceCounts counts = new SliceCounts();
        addTo(counts, in);
        return counts;
    }

    /** Adds what stands there, which makes nothing: messages about one cell come from every task. */
    static void addTo(SliceCounts counts, ByteReader in) {
        counts.add(in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
        counts.ratio().add(new RatioSums(in.number(), in.number(), in.number(), in.number(), in.number(), in.number()));
        readScores(counts.firstScores(), in);
        for (int bin = in.octet(); bin != DelayHistogram.BINS; bin = in.octet()) {
            counts.labelDelays().add(bin, in.number());
        }
    }

    static void write(ScoreHistogram histogram, ByteWriter out) {
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            if (histogram.get(bin) != 0) {
                out.octet(bin).number(histogram.get(bin));
            }
        }
        out.octet(ScoreHistogram.BINS);
    }

    static ScoreHistogram readScores(ByteReader in) {
        ScoreHistogram histogram = new ScoreHistogram();
        readScores(histogram, in);
        return histogram;
    }

    private static void readScores(ScoreHistogram histogram, ByteReader in) {
        for (int bin = in.octet(); bin != ScoreHistogram.BINS; bin = in.octet()) {
            histogram.add(bin, in.number());
        }
    }

    private static void write(DelayHistogram histogram, ByteWriter out) {
        for (int bin = 0; bin < DelayHistogram.BINS; bin++) {
            if (histogram.get(bin) != 0) {
                out.octet(bin).number(histogram.get(bin));
            }
        }
        out.octet(DelayHistogram.BINS);
    }
}
