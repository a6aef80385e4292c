package dev.lastmile.lawbreaker.slice;

import dev.lastmile.lawbreaker.stats.KnowsTooMuch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** A slice with a logger that looks at files: two violations, and the other half of a cycle. */
public final class LogsAndReadsFiles {

    private LogsAndReadsFiles() {}

    /** Does both. */
    public static boolean confess() {
        LoggerFactory.getLogger(LogsAndReadsFiles.class).info(KnowsTooMuch.confession());
        return Files.exists(Path.of("lastmile.yaml"));
    }
}
