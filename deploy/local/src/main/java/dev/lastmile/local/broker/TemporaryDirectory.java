package dev.lastmile.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory that is gone, with all that is in it, once this is closed. */
public final class TemporaryDirectory implements AutoCloseable {

    private final Path path;

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /**
     * A new directory in the JVM's place for temporary files. Its name has this process's number after the prefix, so
     * that what a killed process left behind can be told from what is in use.
     *
     * @throws IOException when it cannot be made; the message names the place
     */
    public static TemporaryDirectory create(String prefix) throws IOException {
        try {
            return new TemporaryDirectory(Files.createTempDirectory(prefixOfThisProcess(prefix)));
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to the temporary directory " + System.getProperty("java.io.tmpdir")
                            + ": set another one with -Djava.io.tmpdir=…",
                    e);
        }
    }

    /** What all directories of this prefix and this process begin with. */
    static String prefixOfThisProcess(String prefix) {
        return prefix + ProcessHandle.current().pid() + "-";
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes it. Files that vanish meanwhile are fine, and so is a second call. */
    @Override
    public void close() {
        if (Files.notExists(path)) {
            return;
        }
        try {
            Files.walkFileTree(path, new Removal());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
