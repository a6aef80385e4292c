package dev.lastmile.local.demo;

import dev.lastmile.local.CannotRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What the demo needs before it starts anything, so that what is missing is said at once and in one line. */
final class Preconditions {

    /** Broker, monitor and traffic share one heap. */
    static final long LEAST_HEAP_BYTES = 384L << 20;

    /** Heap, RocksDB, the broker's page cache and the JVM itself. */
    static final long LEAST_AVAILABLE_BYTES = 700L << 20;

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private Preconditions() {}

    /**
     * Checks heap, memory and port.
     *
     * @param httpPort where the monitor will listen, 0 for any free port
     */
    static void check(int httpPort) throws CannotRun {
        requireHeap(Runtime.getRuntime().maxMemory());
        OptionalLong available = availableBytes(MEMORY);
        if (available.isPresent()) {
            requireAvailable(available.getAsLong());
        }
        requireFree(httpPort);
    }

    static void requireHeap(long maxHeapBytes) throws CannotRun {
        if (maxHeapBytes < LEAST_HEAP_BYTES) {
            throw new CannotRun("too little memory: the demo needs a heap of " + mebibytes(LEAST_HEAP_BYTES)
                    + ", this JVM may use " + mebibytes(maxHeapBytes) + "; start it with java -Xmx"
                    + (LEAST_HEAP_BYTES >> 20) + "m or on a machine with more");
        }
    }

    static void requireAvailable(long availableBytes) throws CannotRun {
        if (availableBytes < LEAST_AVAILABLE_BYTES) {
            throw new CannotRun("too little memory: the demo needs " + mebibytes(LEAST_AVAILABLE_BYTES)
                    + ", this machine has " + mebibytes(availableBytes) + " left");
        }
    }

    private static void requireFree(int port) throws CannotRun {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw new CannotRun(
                    "port " + port + " on 127.0.0.1 is taken: stop what listens there or choose another with --port",
                    e);
        }
    }

    /** What the kernel says may be used without swapping; empty where it does not say. */
    static OptionalLong availableBytes(Path file) {
        try {
            List<String> lines = Files.isReadable(file) ? Files.readAllLines(file) : List.of();
            for (String line : lines) {
                if (line.startsWith(AVAILABLE)) {
                    String kibibytes =
                            line.substring(AVAILABLE.length()).replace("kB", "").strip();
                    return OptionalLong.of(Long.parseLong(kibibytes) << 10);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
