package dev.lastmile.export;

/**
 * What one exposition may hold at most. Labels come from customers, and so do their number and their length.
 *
 * @param series of deployments and topics
 * @param bytes of the whole exposition, before it is compressed
 */
public record ExportLimits(int series, int bytes) {

    /** What Prometheus takes without effort; with labels of usual length the series are the first to be too many. */
    public static final ExportLimits DEFAULT = new ExportLimits(20_000, 5_000_000);

    /** Room for what is not of deployments and topics: help texts, the stream's own health, the JVM's series. */
    static final int OTHERS_BYTES = 100_000;

    public ExportLimits {
        if (series < 1) {
            throw new IllegalArgumentException("series must be >= 1: " + series);
        }
        if (bytes < 2 * OTHERS_BYTES) {
            throw new IllegalArgumentException("bytes must be >= " + 2 * OTHERS_BYTES + ": " + bytes);
        }
    }
}
