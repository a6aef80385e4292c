package dev.lastmile.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that was started.
 *
 * @param process to ask and to end
 * @param errors the file of its standard error, which goes when this program ends
 */
public record Child(Process process, Path errors) {

    private static final int LAST_LINES = 40;

    /** Its last lines on standard error, each after a line break: why it failed, if it did; empty where there are none. */
    public String lastWords() {
        try {
            List<String> lines = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(
                    "",
                    lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
                            .map(line -> "\n" + line)
                            .toList());
        } catch (IOException e) {
            return "\n" + errors + " cannot be read: " + e;
        }
    }
}
