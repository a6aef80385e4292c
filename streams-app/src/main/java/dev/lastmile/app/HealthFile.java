package dev.lastmile.app;

import dev.lastmile.export.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written anew once a second: {@code ready} if this process does its work, {@code live} if it only lives. For
 * supervisors that look inside of its container, where HTTP is encrypted and asks for a token. One that is old says that
 * nothing lives.
 */
final class HealthFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);
    private static final long WRITE_EVERY_MS = 1_000;

    private final Path file;
    private final Path next;
    private final Supplier<Readiness> readiness;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "health-file");
        thread.setDaemon(true);
        return thread;
    });
    private boolean failed;

    private HealthFile(Path file, Supplier<Readiness> readiness) {
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".next");
        this.readiness = readiness;
    }

    /** Begins to write it. */
    static HealthFile start(Path file, Supplier<Readiness> readiness) {
        HealthFile health = new HealthFile(file, readiness);
        // What it throws ends the writing, and a file that is old says so.
        Future<?> unused =
                health.writer.scheduleWithFixedDelay(health::write, 0, WRITE_EVERY_MS, TimeUnit.MILLISECONDS);
        return health;
    }

    private void write() {
        try {
            Files.writeString(next, readiness.get().ready() ? "ready\n" : "live\n");
            // Whoever reads it never finds half of it.
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", End.oneLine(e))
                        .log("The health file cannot be written; whoever watches it takes this process for dead");
            }
            failed = true;
        }
    }

    /** Ends it; the file is gone. */
    @Override
    public void close() {
        writer.shutdownNow();
        try {
            if (writer.awaitTermination(WRITE_EVERY_MS, TimeUnit.MILLISECONDS)) {
                Files.deleteIfExists(file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The health file stays");
        }
    }
}
