package dev.lastmile.faults.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.fault.Strike;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What came of a run, as a JSON file. */
public final class OutcomeFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OutcomeFile() {}

    /** Writes it; it is there as a whole or not at all. */
    public static void write(Path file, Outcome outcome) throws IOException {
        ObjectNode tree = JSON.createObjectNode()
                .put("name", outcome.name())
                .put("seed", outcome.seed())
                .put("commit", outcome.commit())
                .put("records", outcome.records())
                .put("cells", outcome.cells());
        ArrayNode strikes = tree.putArray("strikes");
        for (Strike strike : outcome.strikes()) {
            strikes.addObject()
                    .put("fault", strike.fault())
                    .put("afterMs", strike.after().toMillis())
                    .put("hit", strike.hit())
                    .put("evidence", strike.evidence())
                    .put("recoveryMs", strike.recovery().toMillis())
                    .set("broken", JSON.valueToTree(strike.broken()));
        }
        ArrayNode broken = tree.putArray("broken");
        outcome.broken().forEach(broken::add);
        ArrayNode notes = tree.putArray("notes");
        outcome.notes().forEach(notes::add);
        Path written = Files.writeString(
                file.resolveSibling(file.getFileName() + ".tmp"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads what was written. */
    public static Outcome read(Path file) throws IOException {
        JsonNode tree = JSON.readTree(Files.readString(file));
        List<Strike> strikes = new ArrayList<>();
        for (JsonNode strike : tree.required("strikes")) {
            strikes.add(new Strike(
                    strike.required("fault").textValue(),
                    strike.required("hit").booleanValue(),
                    strike.required("evidence").textValue(),
                    Duration.ofMillis(strike.required("recoveryMs").longValue()),
                    texts(strike.required("broken")),
                    Duration.ofMillis(strike.path("afterMs").asLong())));
        }
        return new Outcome(
                tree.required("name").textValue(),
                tree.required("seed").longValue(),
                tree.path("commit").asText("unknown"),
                strikes,
                tree.required("records").longValue(),
                tree.required("cells").intValue(),
                texts(tree.required("broken")),
                texts(tree.path("notes")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(line -> texts.add(line.textValue()));
        return texts;
    }
}
