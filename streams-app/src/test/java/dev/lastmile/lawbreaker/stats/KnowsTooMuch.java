package dev.lastmile.lawbreaker.stats;

import dev.lastmile.lawbreaker.slice.LogsAndReadsFiles;
import java.time.Instant;

/** Statistics that know a domain noun and what time it is: two violations, and half of a cycle. */
public final class KnowsTooMuch {

    private KnowsTooMuch() {}

    /** Says who it knows, and when. */
    public static String confession() {
        return LogsAndReadsFiles.class.getName() + " at " + Instant.now();
    }
}
