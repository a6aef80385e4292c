package dev.lastmile.local.simulation.method;

/**
 * Something that an on-call engineer would hear of.
 *
 * @param slice the slice that is named, by number
 * @param kind what is said of it
 */
public record Call(int slice, Kind kind) {

    /** What is said of a slice. */
    public enum Kind {
        /** It got worse than others did, or the method names single slices and cannot tell the two apart. */
        DISPARATE,
        /** It got worse, by itself or with others. */
        WORSE,
        /** What was called out as disparate is told under another slice from now on. */
        RENAMED,
        /** What was called out as disparate is over. */
        OVER
    }
}
