package dev.lastmile.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskUsageTest {

    @TempDir
    private Path directory = Path.of("");

    private void write(String file, int bytes) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, new byte[bytes]);
    }

    @Test
    void onlyFilesBelowDirectoriesOfTheNameCount() throws Exception {
        write("app/0_0/join/1.sst", 10);
        write("app/0_1/join/deeper/2.sst", 20);
        write("app/0_1/join-not/3.sst", 40);
        write("app/join", 80);

        assertThat(DiskUsage.ofDirectories("join", directory)).isEqualTo(30);
    }
}
