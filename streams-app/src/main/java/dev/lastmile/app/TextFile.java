package dev.lastmile.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reading a file a human wrote, with errors for that human. */
final class TextFile {

    /** No configuration is longer; a data file named by mistake is. */
    private static final long MAX_BYTES = 16L << 20;

    private TextFile() {}

    /** All of a UTF-8 file. */
    static String read(Path file) {
        String name = nameOf(file);
        try {
            if (Files.isDirectory(file)) {
                throw new ConfigurationException(name, "", "is a directory");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigurationException(name, "", "must be at most 16 MiB");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(name, "", "there is no such file");
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(name, "", "must be UTF-8 text");
        } catch (IOException e) {
            throw new ConfigurationException(name, "", "cannot be read: " + e.getMessage());
        }
    }

    /** What the file is called in messages: as it was named. */
    static String nameOf(Path file) {
        return file.toString();
    }

    /** A file by its name, relative to where the file lies that names it. */
    static Path in(Path directory, String name) {
        try {
            if (name.isBlank()) {
                throw new IllegalArgumentException("must not be blank");
            }
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path: " + name, e);
        }
    }

    /** Where files lie that the file names. */
    static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
