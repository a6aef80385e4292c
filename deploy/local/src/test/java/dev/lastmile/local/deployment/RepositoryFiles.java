package dev.lastmile.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checked-out files, by path from the repository's root. */
public final class RepositoryFiles {

    private static final Path ROOT = findRoot();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

    private RepositoryFiles() {}

    /** Where a file of the repository is, by its path from the root; it need not exist. */
    public static Path path(String fromRoot) {
        return ROOT.resolve(fromRoot);
    }

    /** A file of the repository, by its path from the root. */
    public static String text(String fromRoot) {
        try {
            return Files.readString(path(fromRoot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file of the repository, by its path from the root. */
    public static List<String> lines(String fromRoot) {
        return text(fromRoot).lines().toList();
    }

    static JsonNode json(String fromRoot) {
        try {
            return JSON.readTree(text(fromRoot));
        } catch (IOException e) {
            throw new UncheckedIOException(fromRoot, e);
        }
    }

    /** Every document of a YAML file. */
    static List<JsonNode> documents(String fromRoot) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text(fromRoot))) {
            return values.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(fromRoot, e);
        }
    }

    /** The one document of a YAML file. */
    static JsonNode yaml(String fromRoot) {
        List<JsonNode> documents = documents(fromRoot);
        if (documents.size() != 1) {
            throw new IllegalStateException(fromRoot + " must hold one document: " + documents.size());
        }
        return documents.get(0);
    }

    /** The files of a folder, not of folders in it. */
    static List<Path> filesIn(String folderFromRoot) {
        try (var files = Files.list(path(folderFromRoot))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("grafana/dashboards"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("not run inside the repository");
            }
            folder = parent;
        }
        return folder;
    }
}
