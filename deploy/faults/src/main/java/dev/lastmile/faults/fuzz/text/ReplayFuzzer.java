package dev.lastmile.faults.fuzz.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.app.SystemGuards;
import dev.lastmile.faults.fuzz.run.Allowance;
import dev.lastmile.faults.fuzz.run.Finding;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.local.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/** Whole replays, from files to the report: the command ends well or says why it cannot run, and no row is lost on the way. */
public final class ReplayFuzzer implements Fuzzer {

    private static final int MOST_ROWS = 400;
    private static final int DONE = 0;
    private static final int CANNOT_RUN = 2;

    /** A topology is made and closed for each. */
    private static final Allowance ALLOWANCE = new Allowance(Duration.ofSeconds(20), 2L << 30);

    private final Path directory;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param directory empty, for files
     */
    public ReplayFuzzer(Path directory) throws IOException {
        SystemGuards.apply();
        this.directory = directory;
        Files.writeString(directory.resolve("policy.yaml"), ReplayFiles.POLICIES);
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public byte[] input(SplittableRandom random) {
        return ReplayFiles.make(random, MOST_ROWS);
    }

    @Override
    public Allowance allowanceFor(byte[] input) {
        return ALLOWANCE;
    }

    @Override
    public String tryOut(byte[] input) throws IOException, Finding {
        ReplayFiles files = ReplayFiles.of(input);
        Files.write(directory.resolve("i.csv"), files.inferences());
        Files.write(directory.resolve("g.csv"), files.truths());
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "replay",
                        "--inferences",
                        directory.resolve("i.csv").toString(),
                        "--ground-truth",
                        directory.resolve("g.csv").toString(),
                        "--policy",
                        directory.resolve("policy.yaml").toString(),
                        "--report",
                        directory.resolve("report.json").toString());
        if (exit == CANNOT_RUN) {
            return "refused";
        }
        if (exit != DONE) {
            throw new Finding("exit code " + exit + ": " + err);
        }
        JsonNode report = json.readTree(directory.resolve("report.json").toFile());
        long counted = report.required("unreadable_rows").longValue();
        for (JsonNode count : report.required("ledger")) {
            counted += count.longValue();
        }
        if (files.rows() >= 0 && counted != files.rows()) {
            throw new Finding(counted + " of " + files.rows() + " rows are in the report");
        }
        return "replayed";
    }
}
