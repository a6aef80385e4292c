package dev.lastmile.faults.installation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own, in memory, which is soon full. Only root can make one. */
public final class SmallDisk implements AutoCloseable {

    /** Once there is room again RocksDB waits for 16 MB of it for each store, which the monitor has a dozen of. */
    private static final String SIZE = "768m";

    private static final String BALLAST = "ballast";
    private static final byte[] PIECE = new byte[64 << 10];

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Makes one at a directory that is there and empty. */
    static SmallDisk at(Path directory) throws IOException {
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString()));
        return new SmallDisk(directory);
    }

    /** Whether this process may make one. */
    public static boolean isPossible() throws IOException {
        Path directory = Files.createTempDirectory("lastmile-disk-");
        try (SmallDisk disk = at(directory)) {
            return Files.isDirectory(disk.directory);
        } catch (IOException e) {
            return false;
        } finally {
            Files.delete(directory);
        }
    }

    /** Leaves no room on it. */
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(directory.resolve(BALLAST))) {
            while (true) {
                out.write(PIECE);
            }
        } catch (IOException e) {
            if (Files.getFileStore(directory).getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    /** Gives the room back. */
    public void free() throws IOException {
        Files.deleteIfExists(directory.resolve(BALLAST));
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    @Override
    public void close() throws IOException {
        run(List.of("umount", directory.toString()));
    }
}
