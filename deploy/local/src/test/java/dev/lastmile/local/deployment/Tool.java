package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that the machine may lack. A test that needs it is then skipped, and says which package to install. */
final class Tool {

    private static final long TIMEOUT_SECONDS = 120;

    private final Path program;

    private Tool(Path program) {
        this.program = program;
    }

    /** The program on the search path; skips the running test where there is none. */
    static Tool orSkip(String name, String debianPackage) {
        for (String folder : System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return new Tool(candidate);
            }
        }
        assumeTrue(false, name + " is not installed (Debian package " + debianPackage + ")");
        throw new IllegalStateException("a false assumption ends the test");
    }

    /** What a run said, and how it ended. */
    record Outcome(int exitCode, String output) {}

    /** Runs to the end, standard error in with standard output. */
    Outcome run(List<String> arguments, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile("lastmile-tool", ".txt");
        try {
            Process process = start(arguments, environment, output);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(program + " did not end within " + TIMEOUT_SECONDS + " s");
            }
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    /** Demands exit code 0; the message of a failure is what the program said. */
    void succeeds(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(List.of(arguments), Map.of());
        assertThat(outcome.exitCode()).as("%s", outcome.output()).isZero();
    }

    /** Starts what stays; the caller ends it. */
    Process start(List<String> arguments, Map<String, String> environment, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
