package dev.lastmile.faults.campaign;

import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.planted.PlantedBug;
import dev.lastmile.faults.planted.Planting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Whether the comparison catches a mistake in the monitor: if so, the run passed. */
public final class Trap {

    private static final int STRIKES = 3;
    private static final int MOST_SHOWN = 3;

    private Trap() {}

    /**
     * Plants it.
     *
     * @param perSecond records
     * @param directory empty; data and logs stay there
     * @param print what strikes, when it does
     */
    public static Outcome of(PlantedBug bug, double perSecond, long seed, Path directory, Consumer<String> print)
            throws IOException, InterruptedException {
        Campaigns campaign = bug.isOfKills() ? Campaigns.KILLS : Campaigns.QUIET;
        Outcome found = campaign.of(STRIKES, perSecond).with(bug).run(seed, directory, print);
        List<String> broken = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (Attempt.isWithoutEnd(found)) {
            broken.addAll(found.broken());
        } else if (!wasPlanted(bug, directory)) {
            broken.add("was never in the monitor: " + bug);
        } else if (!found.strikes().stream().allMatch(Strike::hit)) {
            broken.add("a fault did not hit: " + found.strikes());
        } else if (found.broken().stream().noneMatch(line -> line.matches(bug.breaks()))) {
            // Whatever else broke may be slowness.
            broken.add("did not break what it must, " + bug.breaks() + ": " + found.broken());
        } else {
            found.broken().stream()
                    .filter(line -> line.matches(bug.breaks()))
                    .limit(MOST_SHOWN)
                    .map(line -> "caught by " + line)
                    .forEach(notes::add);
        }
        // What struck a monitor with a mistake says nothing about one without.
        return new Outcome(
                "PLANTED " + bug, seed, found.commit(), List.of(), found.records(), found.cells(), broken, notes);
    }

    private static boolean wasPlanted(PlantedBug bug, Path directory) throws IOException {
        List<Path> logs;
        try (Stream<Path> all = Files.list(directory.resolve("logs"))) {
            logs = all.filter(log -> log.getFileName().toString().startsWith("monitor"))
                    .toList();
        }
        for (Path log : logs) {
            if (Files.readAllLines(log).contains(Planting.SAID + bug)) {
                return true;
            }
        }
        return false;
    }
}
