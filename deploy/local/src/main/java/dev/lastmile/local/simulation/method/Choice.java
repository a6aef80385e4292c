package dev.lastmile.local.simulation.method;

import java.util.Locale;

/** The methods that a command line can name. */
public enum Choice {
    /** Lastmile itself. */
    LASTMILE,
    /** See {@link Rivals#zTest}. */
    Z_TEST,
    /** See {@link Rivals#zTestShared}. */
    Z_TEST_SHARED,
    /** See {@link Rivals#zTestEachBatch}. */
    Z_TEST_EACH_BATCH,
    /** See {@link Rivals#ratio}. */
    RATIO,
    /** See {@link Rivals#bootstrap}. */
    BOOTSTRAP,
    /** See {@link Oracle}. */
    ORACLE,
    /** See {@link Dummy#ALWAYS}. */
    ALWAYS,
    /** See {@link Dummy#NEVER}. */
    NEVER;

    /** The name on a command line. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
