package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lastmile.export.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // closed, and not otherwise talked to
class HealthFileTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Readiness READY = new Readiness(true, false, "RUNNING", "records are processed");
    private static final Readiness NOT_READY = new Readiness(false, true, "REBALANCING", "state is restored");

    private final Path file;
    private final AtomicReference<Readiness> readiness = new AtomicReference<>(NOT_READY);

    HealthFileTest(@TempDir Path directory) {
        file = directory.resolve("health");
    }

    @Test
    void itFollowsTheProcessAndGoesWithIt() {
        try (HealthFile health = HealthFile.start(file, readiness::get)) {
            awaitContent("live\n");

            readiness.set(READY);

            awaitContent("ready\n");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void itIsWrittenAgainSoThatAnOldOneSaysThatNothingLives() throws IOException {
        try (HealthFile health = HealthFile.start(file, readiness::get)) {
            awaitContent("live\n");
            FileTime longAgo = FileTime.from(Instant.EPOCH);

            Files.setLastModifiedTime(file, longAgo);

            await().atMost(SOON).until(() -> !Files.getLastModifiedTime(file).equals(longAgo));
        }
    }

    @Test
    void aDirectoryThatIsNotThereStopsNothing() throws IOException {
        Path absent = file.resolveSibling("absent");
        try (HealthFile health = HealthFile.start(absent.resolve("health"), readiness::get)) {
            Files.createDirectory(absent);

            await().atMost(SOON).until(() -> Files.exists(absent.resolve("health")));
        }
    }

    private void awaitContent(String content) {
        await().atMost(SOON).ignoreExceptions().until(() -> Files.readString(file)
                .equals(content));
    }
}
