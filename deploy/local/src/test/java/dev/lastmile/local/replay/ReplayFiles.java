package dev.lastmile.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.local.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a replay in one directory, and the command over them as it is typed. */
final class ReplayFiles {

    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    ReplayFiles(Path directory) {
        this.directory = directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    void write(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    void write(String name, List<String> lines) throws IOException {
        Files.write(file(name), lines);
    }

    /** Replays {@code i.csv} and {@code g.csv} under {@code policy.yaml}; the exit code. */
    int replay() {
        return replayTo(file("report.json"));
    }

    int replayTo(Path report) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "replay",
                        "--inferences",
                        file("i.csv").toString(),
                        "--ground-truth",
                        file("g.csv").toString(),
                        "--policy",
                        file("policy.yaml").toString(),
                        "--report",
                        report.toString());
    }

    JsonNode report() throws IOException {
        return new ObjectMapper().readTree(file("report.json").toFile());
    }

    /** The lines of the rejects file below its header. */
    List<String> rejects() throws IOException {
        List<String> lines = Files.readAllLines(file("report.json.rejects.csv"));
        return lines.subList(1, lines.size());
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /**
     * A deployment's slice.
     *
     * @param deployment one of the report's
     * @param terms as JSON, dimension to value
     */
    static JsonNode slice(JsonNode deployment, String terms) {
        for (JsonNode slice : deployment.get("slices")) {
            if (slice.get("slice").toString().equals(terms)) {
                return slice;
            }
        }
        throw new AssertionError("no slice " + terms + " in " + deployment);
    }
}
