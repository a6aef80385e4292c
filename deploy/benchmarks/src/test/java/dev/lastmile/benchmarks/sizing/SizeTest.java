package dev.lastmile.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SizeTest {

    private static final Measured MEASURED = Measured.read();
    private static final Demand DEMAND = Demand.of(1e7, 20, 1);

    private static Size sizeOf(Demand demand) {
        return Size.of(demand, Headroom.USUAL, MEASURED);
    }

    private static Stored storedOf(Demand demand) {
        return sizeOf(demand).stored(Headroom.USUAL, MEASURED);
    }

    private static Demand kept(Duration horizon, Duration maxAge) {
        return DEMAND.with(DEMAND.watching().withHorizon(horizon).withMaxAge(maxAge));
    }

    @Test
    void twiceTheHorizonHasTwiceTheInferencesWaitWhereNoEventMayBeOld() {
        Stored week = storedOf(kept(Duration.ofDays(7), Duration.ZERO));
        Stored fortnight = storedOf(kept(Duration.ofDays(14), Duration.ZERO));

        assertThat(fortnight.entries()).isEqualTo(2 * week.entries());
    }

    @Test
    void theDiskOfInferencesWithoutGroundTruthIsThatOfTheirEntries() {
        Demand unlabelled = kept(Duration.ofDays(7), Duration.ZERO);
        Stored stored = storedOf(unlabelled.with(unlabelled.arrivals().withLabelled(0)));

        assertThat(stored.joinBytes()).isEqualTo(1e7 * 7 * 1.25 * MEASURED.of(Constant.ENTRY_DISK_BYTES));
    }

    @Test
    void theGreatestAgeIsKeptBesideTheHorizon() {
        Stored without = storedOf(kept(Duration.ofDays(7), Duration.ZERO));
        Stored with = storedOf(kept(Duration.ofDays(7), Duration.ofDays(7)));

        assertThat(with.entries()).isEqualTo(2 * without.entries());
    }

    @Test
    void groundTruthsThatComeLaterAreInTheChangelogBesideTheirInference() {
        Demand near = DEMAND.with(DEMAND.arrivals().withLate(0, Duration.ZERO));

        assertThat(storedOf(DEMAND).joinChangelogBytes())
                .isGreaterThan(1.5 * storedOf(near).joinChangelogBytes());
    }

    @Test
    void transcriptsAddTheirLengthToTheDisk() {
        Demand unlabelled = DEMAND.with(DEMAND.arrivals().withLabelled(0));
        Demand spoken = DEMAND.with(DEMAND.arrivals().withLabelled(0).withTranscripts(180));

        assertThat(storedOf(spoken).joinBytes() - storedOf(unlabelled).joinBytes())
                .isCloseTo(
                        storedOf(spoken).entries() * 180 * MEASURED.of(Constant.TRANSCRIPT_DISK_FACTOR), within(1.0));
    }

    @Test
    void transcriptsThatMayNotBeCorrectedAreLoggedOnce() {
        Demand spoken = DEMAND.with(DEMAND.arrivals().withTranscripts(180));
        Demand once = spoken.with(spoken.watching().withCorrections(false));

        assertThat(storedOf(once).joinChangelogBytes())
                .isLessThan(storedOf(spoken).joinChangelogBytes());
        assertThat(storedOf(once).joinBytes()).isLessThan(storedOf(spoken).joinBytes());
    }

    @Test
    void pageTablesHaveAPlaceForEveryIdOnceASegmentAndLessThanThreeTimesAsMany() {
        for (Demand demand : Example.overview()) {
            Stored stored = storedOf(demand);

            assertThat(stored.tableBytes() / MEASURED.of(Constant.ID_TABLE_BYTES) / stored.entries())
                    .isBetween(1.0, 3.0);
        }
    }

    @Test
    void groundTruthsThatFallIntoTheSameSegmentTakeNoMoreOfPageTables() {
        Demand sameSegment = DEMAND.with(DEMAND.arrivals().withLate(1, Duration.ZERO));
        Demand unlabelled = DEMAND.with(DEMAND.arrivals().withLabelled(0));

        assertThat(storedOf(sameSegment).tableBytes())
                .isEqualTo(storedOf(unlabelled).tableBytes());
    }

    @Test
    void aLongerHorizonLeavesFewerIdsOnTheHeapAndTakesNoMoreMemory() {
        Size.Machine week = sizeOf(kept(Duration.ofDays(7), Duration.ofDays(7))).machine();
        Size.Machine quarter =
                sizeOf(kept(Duration.ofDays(90), Duration.ofDays(7))).machine();

        assertThat(quarter.heap().onHeapShare(quarter.heapMiB()))
                .isLessThan(week.heap().onHeapShare(week.heapMiB()));
        assertThat(quarter.memoryMiB()).isEqualTo(week.memoryMiB());
    }

    @Test
    void aSmallDemandHasTwoInstancesSoThatOneMayFail() {
        Size size = sizeOf(DEMAND);

        assertThat(size.instances()).isEqualTo(2);
        assertThat(size.reason()).isEqualTo(Size.Reason.ONE_MAY_FAIL);
    }

    @Test
    void instancesHaveTheProcessorsThatAreToBeHad() {
        for (Demand demand : Example.overview()) {
            Size size = sizeOf(demand);

            assertThat((double) size.instances() * demand.setup().threadsAnInstance())
                    .isGreaterThanOrEqualTo(size.coresToHave());
        }
    }

    @Test
    void stateIsReadBackInTimeWhateverTheDemand() {
        for (Demand demand : Example.overview()) {
            assertThat(sizeOf(demand).machine().restore()).isLessThanOrEqualTo(Headroom.USUAL.restoreWithin());
        }
    }

    @Test
    void everyThreadHasAsManyPartitionsAsAnyOther() {
        for (Demand demand : Example.overview()) {
            Size size = sizeOf(demand);

            assertThat(size.partitions() % (size.instances() * demand.setup().threadsAnInstance()))
                    .isZero();
        }
    }

    @Test
    void twiceThePeakTakesAboutTwiceTheProcessorsOfTheFirstStage() {
        Size usual = sizeOf(DEMAND);
        Size peaky = Size.of(DEMAND, Headroom.USUAL.withLoad(6, Headroom.USUAL.utilisation()), MEASURED);

        assertThat(peaky.firstStageCores() / usual.firstStageCores()).isBetween(1.7, 2.01);
    }

    @Test
    void halfTheUtilisationTakesTwiceTheProcessors() {
        Size half = Size.of(DEMAND, Headroom.USUAL.withLoad(Headroom.USUAL.peakToMean(), 0.3), MEASURED);

        assertThat(half.coresToHave()).isCloseTo(2 * sizeOf(DEMAND).coresToHave(), within(1e-9));
    }

    /** A little more, since its ids are on the same heap, so that fewer find room there. */
    @Test
    void aStandbyTakesAsMuchDiskAgain() {
        double alone =
                sizeOf(DEMAND.with(DEMAND.setup().withStandbys(0))).machine().diskBytes();

        assertThat(sizeOf(DEMAND).machine().diskBytes()).isBetween(2 * alone, 2.1 * alone);
    }

    @Test
    void whatCannotBeIsRefusedWithItsNameAndBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arrivals.of(1e7).withLabelled(1.1))
                .withMessage("labelledShare must be in [0, 1]: 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watching.of(10, 11))
                .withMessage("customers must be in [1, 10]: 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watching.of(10, 1).withSlices(50, 30))
                .withMessage("liveSlices must be >= 50.0: 30.0");
    }
}
