package dev.lastmile.faults.fuzz;

import dev.lastmile.faults.fuzz.http.HttpFuzzer;
import dev.lastmile.faults.fuzz.record.RecordFuzzer;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.faults.fuzz.schema.SchemaFuzzer;
import dev.lastmile.faults.fuzz.text.CommandFuzzer;
import dev.lastmile.faults.fuzz.text.ConfigurationFuzzer;
import dev.lastmile.faults.fuzz.text.CsvFuzzer;
import dev.lastmile.faults.fuzz.text.ReplayFuzzer;
import java.io.IOException;
import java.nio.file.Path;

/** What is fuzzed input by input. */
public enum Kind {
    /** Records, in process. */
    RECORD,
    /** Writer schemas, and datums under them. */
    SCHEMA,
    /** Configuration files. */
    CONFIGURATION,
    /** Operators' commands. */
    COMMAND,
    /** Files of a replay. */
    CSV,
    /** Whole replays. */
    REPLAY,
    /** HTTP requests. */
    HTTP;

    /**
     * A new fuzzer.
     *
     * @param directory for files
     */
    public Fuzzer fuzzer(Path directory) throws IOException {
        return switch (this) {
            case RECORD -> new RecordFuzzer();
            case SCHEMA -> new SchemaFuzzer();
            case CONFIGURATION -> new ConfigurationFuzzer();
            case COMMAND -> new CommandFuzzer();
            case CSV -> new CsvFuzzer(directory);
            case REPLAY -> new ReplayFuzzer(directory);
            case HTTP -> new HttpFuzzer();
        };
    }
}
