package dev.lastmile.benchmarks.footprint;

/**
 * What an instance may take.
 *
 * @param heap the most of the Java heap, as Java's option has it
 * @param memory of all RocksDB stores together, as the monitor's configuration has it
 * @param totalMiB the most that the process is to have in RAM: these two, and code, threads, buffers and what the allocator
 *     keeps; nothing enforces it
 */
record Cap(String heap, String memory, int totalMiB) {

    long totalBytes() {
        return (long) totalMiB << 20;
    }
}
