package dev.lastmile.faults.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes with another time of day, by libfaketime, which the machine may lack (Debian package {@code libfaketime}). */
public final class FakeTime {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String MACHINES = "*-linux-gnu";
    private static final String FOR_THREADS = "faketime/libfaketimeMT.so.1";

    private FakeTime() {}

    /** Whether the library is there. */
    public static boolean isPossible() throws IOException {
        return !libraries().isEmpty();
    }

    /**
     * Variables for a process whose clock is so much ahead, or behind if negative. What it measures time spans with stays as it is.
     *
     * @throws IOException where the library is not installed
     */
    public static Map<String, String> ahead(Duration by) throws IOException {
        List<Path> libraries = libraries();
        if (libraries.isEmpty()) {
            throw new IOException("libfaketime is not installed (Debian package libfaketime)");
        }
        return Map.of(
                "LD_PRELOAD",
                libraries.get(0).toString(),
                "FAKETIME",
                (by.isNegative() ? "" : "+") + by.toSeconds(),
                "DONT_FAKE_MONOTONIC",
                "1",
                // Otherwise the JVM's waits, which are by the monotonic clock, end at once, and it does little else.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private static List<Path> libraries() throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(LIBRARIES)) {
            try (DirectoryStream<Path> machines = Files.newDirectoryStream(LIBRARIES, MACHINES)) {
                for (Path machine : machines) {
                    Path library = machine.resolve(FOR_THREADS);
                    if (Files.isReadable(library)) {
                        found.add(library);
                    }
                }
            }
        }
        return found;
    }
}
