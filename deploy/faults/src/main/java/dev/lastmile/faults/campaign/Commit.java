package dev.lastmile.faults.campaign;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which commit is checked out where this code lies, as git says. */
public final class Commit {

    /** Where there is no git, or no repository: an archive of the sources, say. */
    static final String UNKNOWN = "unknown";

    private Commit() {}

    /** Its name, with {@code -dirty} behind it where files are others than the commit's. */
    public static String current() throws InterruptedException {
        try {
            Path classes = Path.of(Commit.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return of(Files.isDirectory(classes) ? classes : classes.resolveSibling("."));
        } catch (URISyntaxException e) {
            return UNKNOWN;
        }
    }

    static String of(Path directory) throws InterruptedException {
        try {
            Process git = new ProcessBuilder(
                            "git", "-C", directory.toString(), "describe", "--always", "--dirty", "--abbrev=12")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !said.isEmpty() ? said : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
