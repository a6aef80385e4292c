package dev.lastmile.faults.program;

import dev.lastmile.faults.campaign.Campaigns;
import dev.lastmile.faults.fuzz.Kind;
import dev.lastmile.faults.planted.PlantedBug;
import dev.lastmile.faults.soak.Soak;

/** Of what a program consists, in the order in which it is run: what shows most, soonest, comes first. */
public enum Part {
    QUIET(2, struck(Campaigns.QUIET, 3)),
    PLANTED(PlantedBug.values().length, new Work.Planted(2_000)),
    FUZZ_SCHEMA(1, new Work.Fuzzed(Kind.SCHEMA, 5_000)),
    FUZZ_CONFIGURATION(1, new Work.Fuzzed(Kind.CONFIGURATION, 200_000)),
    FUZZ_COMMAND(1, new Work.Fuzzed(Kind.COMMAND, 1_000_000)),
    FUZZ_CSV(1, new Work.Fuzzed(Kind.CSV, 50_000)),
    FUZZ_REPLAY(1, new Work.Fuzzed(Kind.REPLAY, 200)),
    FUZZ_HTTP(1, new Work.Fuzzed(Kind.HTTP, 100_000)),
    FUZZ_RECORD(10, new Work.Fuzzed(Kind.RECORD, 5_000_000)),
    FUZZ_SLICE(1, new Work.Flooded(10_000_000)),
    FUZZ_BROKER(10, new Work.FuzzedThroughBroker(200_000)),
    KILLS(25, struck(Campaigns.KILLS, 20)),
    BROKER(10, struck(Campaigns.BROKER, 5)),
    ABSENT(5, struck(Campaigns.ABSENT, 2)),
    HALF_OPEN(5, struck(Campaigns.HALF_OPEN, 3)),
    BROKERS(10, struck(Campaigns.BROKERS, 2)),
    END_TXN(25, struck(Campaigns.END_TXN, 20)),
    ZOMBIES(10, struck(Campaigns.ZOMBIES, 3)),
    STATE(10, struck(Campaigns.STATE, 4)),
    REGISTRY(5, struck(Campaigns.REGISTRY, 10)),
    STORM(5, struck(Campaigns.STORM, 2)),
    ROLLING(10, struck(Campaigns.ROLLING, 3)),
    DISK(10, struck(Campaigns.DISK, 2)),
    CLOCK(5, struck(Campaigns.CLOCK, 2)),
    HTTP(5, struck(Campaigns.HTTP, 2)),
    ATTACKS(5, struck(Campaigns.ATTACKS, 8)),
    SOAK(1, new Work.Soaked(Soak.Plan.DEFAULT));

    private static final double PER_SECOND = 4_000;
    private static final long SOAK_HEAP_BYTES = 12L << 30;

    private final int runs;

    @SuppressWarnings("ImmutableEnumChecker") // records of numbers and enums, all of them
    private final Work work;

    Part(int runs, Work work) {
        this.runs = runs;
        this.work = work;
    }

    private static Work struck(Campaigns campaign, int strikes) {
        return new Work.Struck(campaign, strikes, PER_SECOND);
    }

    /** The heap that a run needs; what is sent in minutes needs no other than any JVM has. */
    public long leastHeapBytes() {
        return this == SOAK ? SOAK_HEAP_BYTES : 0;
    }

    /** How many runs of the long program are of it. */
    int runs() {
        return runs;
    }

    /** What they do. */
    Work work() {
        return work;
    }
}
