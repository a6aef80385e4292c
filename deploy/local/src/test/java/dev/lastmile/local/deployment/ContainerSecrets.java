package dev.lastmile.local.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code make-secrets.sh} makes for the containers, made here.
 *
 * @param folder where it lies
 */
record ContainerSecrets(Path folder) {

    /** The path under which containers find it. */
    static final String MOUNTED = "/run/lastmile";

    /** Runs the script with this JDK's keytool. */
    static ContainerSecrets in(Path folder) throws IOException, InterruptedException {
        Path tools = Path.of(System.getProperty("java.home"), "bin");
        Tool.Outcome outcome = Tool.orSkip("bash", "bash")
                .run(
                        List.of(
                                RepositoryFiles.path("deploy/compose/make-secrets.sh")
                                        .toString(),
                                folder.toString(),
                                "monitor",
                                "localhost"),
                        Map.of("PATH", tools + ":" + System.getenv("PATH")));
        if (outcome.exitCode() != 0) {
            throw new IOException("make-secrets.sh ended with " + outcome.exitCode() + ": " + outcome.output());
        }
        return new ContainerSecrets(folder);
    }

    String operatorToken() throws IOException {
        return Files.readString(folder.resolve("operator.token"));
    }

    /** A configuration that names files under {@link #MOUNTED}, with those that were made here. */
    String mountedIn(String configuration) {
        return configuration.replace(MOUNTED, folder.toString());
    }
}
