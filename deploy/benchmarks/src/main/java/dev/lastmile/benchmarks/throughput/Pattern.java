package dev.lastmile.benchmarks.throughput;

import java.util.Locale;

/** When ground truths come. */
enum Pattern {
    /** Minutes after the inference, mean ten: it is still in memory. */
    NEAR,
    /** After all inferences: any cache has let go of them. */
    FAR;

    /** As options and tables show it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
