package dev.lastmile.faults.soak;

import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What a monitor has resident, looked at again and again, and written to a file at once. */
final class Memory implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final List<Growth.Sample> samples = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private final Path file;

    private Memory(Path file) {
        this.file = file;
    }

    /**
     * Looks from now on, until it is closed.
     *
     * @param file of lines {@code seconds,bytes}, which is made
     */
    static Memory of(MonitorProcess monitor, Path file) throws IOException {
        Files.writeString(file, "seconds,bytes\n");
        Memory memory = new Memory(file);
        long started = System.nanoTime();
        // Whoever closes ends it; it has nothing to say.
        ScheduledFuture<?> unused = memory.watch.scheduleAtFixedRate(
                () -> memory.look(monitor, started), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return memory;
    }

    private void look(MonitorProcess monitor, long started) {
        long bytes;
        try {
            bytes = monitor.child().residentBytes();
        } catch (IOException e) {
            // It is gone, which the comparison tells better.
            return;
        }
        Duration after = Duration.ofNanos(System.nanoTime() - started);
        samples.add(new Growth.Sample(after, bytes));
        try {
            Files.writeString(
                    file,
                    String.format(Locale.ROOT, "%.1f,%d%n", after.toMillis() / 1_000.0, bytes),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mebibytes an hour from some time on; NaN where there were fewer than two looks. */
    double growth(Duration from) {
        return Growth.ofMemory(samples, from);
    }

    /** The most of all looks. */
    long mostBytes() {
        return samples.stream().mapToLong(Growth.Sample::bytes).max().orElse(0);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
