package dev.lastmile.benchmarks.load;

import java.util.Locale;

/** When ground truths come. */
public enum Pattern {
    /** Soon after the inference, where a day is told of minutes, mean ten: it is still in memory. */
    NEAR,
    /** After all inferences: any cache has let go of them. */
    FAR;

    /** As options and tables show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
