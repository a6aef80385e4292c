package dev.lastmile.local.distribution;

import dev.lastmile.local.deployment.RepositoryFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The executable jars, as the build has just made them. */
enum Distribution {
    MONITOR("streams-app/target/", "lastmile.jar", "lastmile-streams-app"),
    LOCAL("deploy/local/target/", "lastmile-local.jar", "lastmile-local");

    private final String folder;
    private final String jar;
    private final String artifact;

    Distribution(String folder, String jar, String artifact) {
        this.folder = folder;
        this.jar = jar;
        this.artifact = artifact;
    }

    Archive archive() {
        return new Archive(RepositoryFiles.path(folder + jar));
    }

    /** The SBOM that ships in the jar. */
    Sbom sbom() {
        return Sbom.of(archive().bytes(sbomName()));
    }

    String sbomName() {
        return "META-INF/sbom/" + artifact + ".cdx.json";
    }

    /** Its own code, without others'. */
    Archive own() {
        return new Archive(
                RepositoryFiles.path(folder + artifact + "-" + sbom().subject().version() + ".jar"));
    }

    /** The jars that may be inside: those that this test runs with, by file name. Tests run with all that is shipped, and more. */
    static Map<String, Archive> candidates() {
        Map<String, Archive> archives = new HashMap<>();
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .map(Archive::new)
                .forEach(archive -> archives.put(archive.fileName(), archive));
        return archives;
    }

    /** What others made, and is in it. */
    List<Component> thirdParties() {
        return sbom().components().stream()
                .filter(component -> !component.isOurs())
                .toList();
    }
}
