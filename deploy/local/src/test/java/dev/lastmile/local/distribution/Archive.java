package dev.lastmile.local.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a jar. */
final class Archive {

    private final Path file;
    private final Map<String, Long> checksums = new HashMap<>();

    Archive(Path file) {
        this.file = file;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .forEach(entry -> checksums.put(entry.getName(), entry.getCrc()));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    String fileName() {
        return file.getFileName().toString();
    }

    Set<String> names() {
        return checksums.keySet();
    }

    /** Its classes, each by name and checksum; a module's description is none. */
    Set<Map.Entry<String, Long>> classes() {
        return checksums.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".class"))
                .filter(entry -> !entry.getKey().endsWith("module-info.class"))
                .collect(Collectors.toSet());
    }

    byte[] bytes(String name) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IllegalArgumentException(file + " holds no " + name);
            }
            return zip.getInputStream(entry).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
