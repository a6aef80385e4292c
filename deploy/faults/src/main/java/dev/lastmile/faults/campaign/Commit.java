package dev.lastmile.faults.campaign;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which commit is checked out where this code lies, as git says. What reports say of it is no change of it. */
public final class Commit {

    /** Where there is no git, or no repository: an archive of the sources, say. */
    static final String UNKNOWN = "unknown";

    /** All files but those of reports, which are kept beside what they are about. */
    private static final List<String> CODE = List.of("--", ":(top)", ":(top,exclude)deploy/faults/report");

    private Commit() {}

    /** Its name, with {@code -dirty} behind it where files are others than the commit's. */
    public static String current() throws InterruptedException {
        try {
            return of(here());
        } catch (URISyntaxException e) {
            return UNKNOWN;
        }
    }

    private static Path here() throws URISyntaxException {
        Path classes = Path.of(
                Commit.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Files.isDirectory(classes) ? classes : classes.resolveSibling(".");
    }

    static String of(Path directory) throws InterruptedException {
        Optional<String> name = said(directory, List.of("describe", "--always", "--abbrev=12"));
        if (name.isEmpty() || name.get().isEmpty()) {
            return UNKNOWN;
        }
        List<String> changes = new ArrayList<>(List.of("diff", "--quiet", "HEAD"));
        changes.addAll(CODE);
        return said(directory, changes).isPresent() ? name.get() : name.get() + "-dirty";
    }

    /** When the code in a repository was changed last, as its commits say; the beginning of time where nobody knows. */
    public static Instant changed(Path directory) throws InterruptedException {
        List<String> log = new ArrayList<>(List.of("log", "-1", "--format=%ct"));
        log.addAll(CODE);
        return said(directory, log)
                .filter(seconds -> !seconds.isEmpty())
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .orElse(Instant.EPOCH);
    }

    /** Empty where git does not end well. */
    private static Optional<String> said(Path directory, List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(arguments);
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
