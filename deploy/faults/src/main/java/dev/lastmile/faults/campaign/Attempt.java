package dev.lastmile.faults.campaign;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run of anything. One that throws has failed: what it threw is its broken promise, and what had struck until then is told as of
 * any other. So whoever makes many goes on with the next.
 */
public final class Attempt {

    /** How the broken promise of a run that threw begins. */
    static final String NO_END = "came to no end: ";

    private static final int MOST_CAUSES = 5;

    private Attempt() {}

    /** What is run. */
    public interface Work {

        /**
         * Runs it.
         *
         * @param schedule to which it says what strikes
         */
        Outcome run(Schedule schedule) throws IOException, InterruptedException;
    }

    /**
     * Runs it.
     *
     * @param directory where a run that throws leaves the whole of it, in {@code failure.txt}
     * @param print what is told meanwhile
     */
    public static Outcome of(String name, long seed, Path directory, Consumer<String> print, Work work)
            throws IOException, InterruptedException {
        Schedule schedule = new Schedule(print);
        try {
            return work.run(schedule);
        } catch (IOException | RuntimeException | Error e) {
            StringWriter all = new StringWriter();
            e.printStackTrace(new PrintWriter(all, true));
            Files.writeString(directory.resolve("failure.txt"), all.toString());
            return new Outcome(
                    name, seed, Commit.current(), schedule.strikes(), 0, 0, List.of(NO_END + told(e, directory)));
        }
    }

    /** Whether it threw, and so shows nothing but that. */
    static boolean isWithoutEnd(Outcome outcome) {
        return outcome.broken().stream().anyMatch(line -> line.startsWith(NO_END));
    }

    /** The first line of each cause: what follows may be all that a process ever said. */
    private static String told(Throwable failure, Path directory) {
        List<String> lines = new ArrayList<>();
        for (Throwable cause = failure; cause != null && lines.size() < MOST_CAUSES; cause = cause.getCause()) {
            String whole = cause.toString().replace(directory.toString(), "…");
            lines.add(whole.lines().findFirst().orElse(whole));
        }
        return String.join(" < ", lines);
    }
}
