package dev.lastmile.topology.serde;

import dev.lastmile.slice.BucketCell;

/** The batch it changed in last, the counts, then the two histograms of what was bet on. */
public final class BucketCellCodec {

    private static final int VERSION = 2;

    private BucketCellCodec() {}

    /**
     * The bytes of a cell.
     *
     * @param out empty; for whoever writes many, who need not make room for each
     */
    public static byte[] write(BucketCell cell, ByteWriter out) {
        out.octet(VERSION).number(cell.changedIn());
        SliceCountsCodec.write(cell.counts(), out);
        SliceCountsCodec.write(cell.usedOfSlice(), out);
        SliceCountsCodec.write(cell.usedOfRest(), out);
        return out.toByteArray();
    }

    /** The cell of some bytes. */
    public static BucketCell read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(VERSION);
        return new BucketCell(
                in.number(),
                SliceCountsCodec.read(in),
                SliceCountsCodec.readScores(in),
                SliceCountsCodec.readScores(in));
    }
}
