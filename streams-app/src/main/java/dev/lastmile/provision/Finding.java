package dev.lastmile.provision;

import java.util.Locale;

/**
 * Where a cluster is not as it should be.
 *
 * @param kind how it differs
 * @param what in one line
 */
public record Finding(Kind kind, String what) {

    /** How a cluster can differ from what it should be. */
    public enum Kind {
        /** It should be there. */
        MISSING,
        /** It should not be there: somebody can do more than the table says. */
        EXTRA,
        /** It is there, but not as it should be. */
        DIFFERENT,
        /** It is there, and a rule takes it away again. */
        DENIED
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-9s %s", kind, what);
    }
}
