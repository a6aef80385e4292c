package dev.lastmile.app;

import dev.lastmile.topology.waiting.JoinStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * State on this machine, all of which can be restored from the broker.
 *
 * @param directory where RocksDB keeps it; one monitor each
 * @param memory the most memory RocksDB's caches and write buffers take together, outside the heap
 * @param index the most heap that the index of inference ids takes; of ids beyond it RocksDB is asked
 * @param threads stream threads, 1 to 64
 */
public record StateSettings(Path directory, MemorySize memory, MemorySize index, int threads) {

    static final Path DEFAULT_DIRECTORY = Path.of("lastmile-state");
    static final MemorySize DEFAULT_MEMORY = new MemorySize(256L << 20);
    static final MemorySize DEFAULT_INDEX = new MemorySize(JoinStore.defaultIndexBytes());
    private static final long LEAST_MEMORY_BYTES = 16L << 20;

    public StateSettings {
        if (memory.bytes() < LEAST_MEMORY_BYTES) {
            throw new IllegalArgumentException("memory must be >= 16MiB: " + memory);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads must be in [1, 64]: " + threads);
        }
    }

    static StateSettings of(Section section) {
        section.only("directory", "memory", "index", "threads");
        Path directory = section.parsed("directory", DEFAULT_DIRECTORY, StateSettings::path);
        MemorySize memory = section.parsed("memory", DEFAULT_MEMORY, MemorySize::parse);
        MemorySize index = section.parsed("index", DEFAULT_INDEX, MemorySize::parse);
        int threads = section.small("threads", 1);
        return section.built(() -> new StateSettings(directory, memory, index, threads), "memory", "threads");
    }

    private static Path path(String text) {
        try {
            if (text.isBlank()) {
                throw new IllegalArgumentException("must not be blank");
            }
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path: " + text, e);
        }
    }
}
