package dev.lastmile.faults.report;

import dev.lastmile.faults.campaign.Campaigns;
import java.util.ArrayList;
import java.util.List;

/** What a report consists of. */
public enum Program {
    /** As much as each build runs. */
    SHORT(List.of(
            new Part(Campaigns.KILLS, 1, 25),
            new Part(Campaigns.BROKER, 1, 5),
            new Part(Campaigns.BROKERS, 1, 2),
            new Part(Campaigns.END_TXN, 1, 20),
            new Part(Campaigns.ZOMBIES, 1, 3),
            new Part(Campaigns.STATE, 1, 4),
            new Part(Campaigns.REGISTRY, 1, 10),
            new Part(Campaigns.ROLLING, 1, 3),
            new Part(Campaigns.DISK, 1, 2),
            new Part(Campaigns.ATTACKS, 1, 8))),
    /** Ten and twenty times that. */
    LONG(List.of(
            new Part(Campaigns.KILLS, 20, 25),
            new Part(Campaigns.BROKER, 10, 5),
            new Part(Campaigns.BROKERS, 10, 2),
            new Part(Campaigns.END_TXN, 25, 20),
            new Part(Campaigns.ZOMBIES, 10, 3),
            new Part(Campaigns.STATE, 10, 4),
            new Part(Campaigns.REGISTRY, 5, 10),
            new Part(Campaigns.ROLLING, 10, 3),
            new Part(Campaigns.DISK, 10, 2),
            new Part(Campaigns.ATTACKS, 5, 8)));

    private static final double PER_SECOND = 2_000;
    private static final int RECORDS = 1_500_000;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which the checker does not know to be immutable
    private final List<Part> parts;

    Program(List<Part> parts) {
        this.parts = parts;
    }

    private record Part(Campaigns campaign, int runs, int strikes) {}

    /**
     * One run of it.
     *
     * @param name of the run
     * @param perSecond records
     * @param records that are there to be sent
     */
    public record Run(String name, Campaigns campaign, int strikes, long seed, double perSecond, int records) {}

    /** In order; seeds are 1, 2, and so on. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Part part : parts) {
            for (int seed = 1; seed <= part.runs(); seed++) {
                String name = part.campaign() + "-" + part.strikes() + "-" + seed;
                runs.add(new Run(name, part.campaign(), part.strikes(), seed, PER_SECOND, RECORDS));
            }
        }
        return runs;
    }
}
