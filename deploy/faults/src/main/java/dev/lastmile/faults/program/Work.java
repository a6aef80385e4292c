package dev.lastmile.faults.program;

import dev.lastmile.faults.campaign.Campaigns;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.campaign.Trap;
import dev.lastmile.faults.fuzz.Fuzzing;
import dev.lastmile.faults.fuzz.Kind;
import dev.lastmile.faults.planted.PlantedBug;
import dev.lastmile.faults.soak.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What the runs of a part do, each from a seed of its own. */
sealed interface Work {

    /** How large one is, in file names. */
    String size(long number);

    /** From what seed one runs. */
    default long seed(long number) {
        return number;
    }

    /**
     * Does it.
     *
     * @param number 1, 2, and so on
     * @param corpus of the fuzzers
     * @param directory empty; whatever is left stays there
     * @param print what is told meanwhile
     */
    Outcome run(long number, Path corpus, Path directory, Consumer<String> print)
            throws IOException, InterruptedException;

    /** So many of the same, which is how large it is. */
    sealed interface Counted extends Work {

        /** How many. */
        long count();

        @Override
        default String size(long number) {
            return Long.toString(count());
        }
    }

    /**
     * A campaign.
     *
     * @param perSecond records
     */
    record Struck(Campaigns campaign, int strikes, double perSecond) implements Work {

        @Override
        public String size(long number) {
            return Integer.toString(strikes);
        }

        @Override
        public Outcome run(long number, Path corpus, Path directory, Consumer<String> print)
                throws IOException, InterruptedException {
            return campaign.of(strikes, perSecond).run(seed(number), directory, print);
        }
    }

    /** Inputs that are made and tried in this process. */
    record Fuzzed(Kind kind, long count) implements Counted {

        @Override
        public Outcome run(long number, Path corpus, Path directory, Consumer<String> print)
                throws IOException, InterruptedException {
            return Fuzzing.of(kind, seed(number), count, corpus, directory);
        }
    }

    /** Records that are made and sent through a broker. */
    record FuzzedThroughBroker(long count) implements Counted {

        @Override
        public Outcome run(long number, Path corpus, Path directory, Consumer<String> print)
                throws IOException, InterruptedException {
            return Fuzzing.throughBroker(seed(number), count, directory);
        }
    }

    /** Different values of dimensions. */
    record Flooded(long count) implements Counted {

        @Override
        public Outcome run(long number, Path corpus, Path directory, Consumer<String> print)
                throws IOException, InterruptedException {
            return Fuzzing.slices(seed(number), count, directory);
        }
    }

    /**
     * Each planted mistake once, all from one seed.
     *
     * @param perSecond records
     */
    record Planted(double perSecond) implements Work {

        private static final long SEED = 1;

        @Override
        public String size(long number) {
            return bug(number).name();
        }

        @Override
        public long seed(long number) {
            return SEED;
        }

        @SuppressWarnings("EnumOrdinal") // in any order
        private static PlantedBug bug(long number) {
            return PlantedBug.values()[(int) number - 1];
        }

        @Override
        public Outcome run(long number, Path corpus, Path directory, Consumer<String> print)
                throws IOException, InterruptedException {
            return Trap.of(bug(number), perSecond, seed(number), directory, print);
        }
    }

    /** Load and faults for long. */
    record Soaked(Soak.Plan plan) implements Work {

        @Override
        public String size(long number) {
            return plan.duration().toString();
        }

        @Override
        public Outcome run(long number, Path corpus, Path directory, Consumer<String> print)
                throws IOException, InterruptedException {
            return Soak.run(plan, seed(number), directory, print);
        }
    }
}
