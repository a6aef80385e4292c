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
        long received = in.number();
        long labelled = in.number();
        long emptyReferences = in.number();
        long substitutions = in.number();
        long deletions = in.number();
        long insertions = in.number();
        RatioSums ratio = new RatioSums(in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
        ScoreHistogram firstScores = readScores(in);
        DelayHistogram labelDelays = new DelayHistogram();
        for (int bin = in.octet(); bin != DelayHistogram.BINS; bin = in.octet()) {
            labelDelays.add(bin, in.number());
        }
        return new SliceCounts(
                received,
                labelled,
                emptyReferences,
                substitutions,
                deletions,
                insertions,
                ratio,
                firstScores,
                labelDelays);
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
        for (int bin = in.octet(); bin != ScoreHistogram.BINS; bin = in.octet()) {
            histogram.add(bin, in.number());
        }
        return histogram;
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
