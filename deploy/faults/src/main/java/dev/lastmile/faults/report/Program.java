package dev.lastmile.faults.report;

import dev.lastmile.faults.campaign.Campaigns;
import java.util.ArrayList;
import java.util.List;

/** What a report consists of. */
public enum Program {
    /** One run of each campaign. */
    SHORT,
    /** Five to twenty-five runs of each. */
    LONG;

    private static final List<Part> PARTS = List.of(
            new Part(Campaigns.KILLS, 25, 20),
            new Part(Campaigns.BROKER, 5, 10),
            new Part(Campaigns.ABSENT, 2, 5),
            new Part(Campaigns.HALF_OPEN, 3, 5),
            new Part(Campaigns.BROKERS, 2, 10),
            new Part(Campaigns.END_TXN, 20, 25),
            new Part(Campaigns.ZOMBIES, 3, 10),
            new Part(Campaigns.STATE, 4, 10),
            new Part(Campaigns.REGISTRY, 10, 5),
            new Part(Campaigns.STORM, 2, 5),
            new Part(Campaigns.ROLLING, 3, 10),
            new Part(Campaigns.DISK, 2, 10),
            new Part(Campaigns.CLOCK, 2, 5),
            new Part(Campaigns.HTTP, 2, 5),
            new Part(Campaigns.ATTACKS, 8, 5));

    private static final double PER_SECOND = 4_000;

    /**
     * @param strikes of each run
     * @param longRuns of the long program
     */
    private record Part(Campaigns campaign, int strikes, int longRuns) {}

    /**
     * One run of it.
     *
     * @param name of the run
     * @param perSecond records
     */
    public record Run(String name, Campaigns campaign, int strikes, long seed, double perSecond) {}

    /** In order; seeds are 1, 2, and so on. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Part part : PARTS) {
            int last = this == SHORT ? 1 : part.longRuns();
            for (int seed = 1; seed <= last; seed++) {
                String name = part.campaign() + "-" + part.strikes() + "-" + seed;
                runs.add(new Run(name, part.campaign(), part.strikes(), seed, PER_SECOND));
            }
        }
        return runs;
    }
}
