package dev.lastmile.faults.program;

import dev.lastmile.faults.campaign.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is run, and reported. */
public enum Program {
    /** The first run of each part, without the soak. */
    SHORT,
    /** All runs of all parts. */
    LONG;

    /**
     * One run of it.
     *
     * @param number of the part's runs, from 1
     */
    public record Run(Part part, long number) {

        /** Of its outcome's file, without the ending. */
        public String name() {
            return part + "-" + part.work().size(number) + "-" + number;
        }

        /** From which it runs. */
        public long seed() {
            return part.work().seed(number);
        }

        /**
         * Runs it.
         *
         * @param corpus of the fuzzers
         * @param directory empty; whatever is left stays there
         * @param print what is told meanwhile
         */
        public Outcome run(Path corpus, Path directory, Consumer<String> print)
                throws IOException, InterruptedException {
            return part.work().run(number, corpus, directory, print);
        }
    }

    /** In order. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Part part : Part.values()) {
            int last =
                    switch (this) {
                        case SHORT -> part == Part.SOAK ? 0 : 1;
                        case LONG -> part.runs();
                    };
            for (int number = 1; number <= last; number++) {
                runs.add(new Run(part, number));
            }
        }
        return runs;
    }
}
