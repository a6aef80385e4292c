package dev.lastmile.faults.fuzz.text;

import dev.lastmile.app.PolicyParser;
import dev.lastmile.faults.fuzz.run.Allowance;
import dev.lastmile.faults.fuzz.run.Finding;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.local.CannotRun;
import dev.lastmile.local.replay.LabelledRows;
import dev.lastmile.topology.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/** Files of inferences and ground truths as they are read before a replay or a simulation: rows, or the reason why there are none. */
public final class CsvFuzzer implements Fuzzer {

    private static final String DEPLOYMENT = "st-marys/ward-7";
    private static final int MOST_ROWS = 20;
    private static final Allowance ALLOWANCE = new Allowance(Duration.ofMillis(500), 64 << 20);

    private final Path directory;
    private final Policies policies;

    /**
     * @param directory empty, for files
     */
    public CsvFuzzer(Path directory) throws IOException {
        this.directory = directory;
        policies = new Policies(
                PolicyParser.read(Files.writeString(directory.resolve("csv-policy.yaml"), ReplayFiles.POLICIES)));
    }

    @Override
    public String name() {
        return "csv";
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
        Path inferences = Files.write(directory.resolve("csv-i.csv"), files.inferences());
        Path truths = Files.write(directory.resolve("csv-g.csv"), files.truths());
        try {
            LabelledRows rows = LabelledRows.read(inferences, truths, policies, DEPLOYMENT);
            if (files.rows() >= 0 && rows.unusedRows() + rows.extent().inferences() > files.rows()) {
                throw new Finding(rows.unusedRows() + " unused rows and "
                        + rows.extent().inferences() + " inferences, of " + files.rows() + " rows");
            }
            return "rows";
        } catch (CannotRun e) {
            return "nothing";
        }
    }
}
