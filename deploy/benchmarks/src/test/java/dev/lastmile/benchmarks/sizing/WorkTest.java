package dev.lastmile.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WorkTest {

    private static final Demand DEMAND = Demand.of(1e7, 20, 1);
    private static final Measured MEASURED = Measured.read();
    private static final int TASKS = 8;

    private static Work workOf(double inferences, Demand demand) {
        return Work.of(inferences, demand, TASKS);
    }

    private static Demand sliced(double anEvent, double live) {
        return DEMAND.with(DEMAND.watching().withSlices(anEvent, live));
    }

    @Test
    void aFewDrawsHitOneEachAndManyHitAll() {
        assertThat(Work.hit(1_000, 1)).isCloseTo(1, within(0.001));
        assertThat(Work.hit(1_000, 100_000)).isCloseTo(1_000, within(0.001));
    }

    @Test
    void aBusyDeploymentSendsOneMessageATaskAndCommitHoweverBusyItIs() {
        assertThat(workOf(1e4, DEMAND).messages()).isCloseTo(TASKS, within(0.01));
        assertThat(workOf(1e6, DEMAND).messages()).isCloseTo(TASKS, within(0.01));
    }

    @Test
    void aQuietDeploymentSendsAMessageAnEvent() {
        Work quiet = workOf(0.001, DEMAND);

        assertThat(quiet.messages()).isCloseTo(quiet.events(), within(1e-6));
    }

    @Test
    void moreTasksSendMoreMessagesWithTheSameEvents() {
        Work few = Work.of(100, DEMAND, 10);
        Work many = Work.of(100, DEMAND, 100);

        assertThat(many.messages()).isGreaterThan(few.messages()).isLessThan(many.events());
        assertThat(many.cells()).isEqualTo(few.cells());
    }

    @Test
    void noMoreCellsChangeThanSlicesAreTouched() {
        Work work = workOf(3, sliced(50, 894));

        assertThat(work.cells()).isLessThan(work.events() * 50).isGreaterThan(work.events() * 40);
    }

    @Test
    void moreSlicesTakeMoreOfBothStagesAndNoMoreMessages() {
        Work few = workOf(50, sliced(5, 30));
        Work many = workOf(50, sliced(50, 894));

        assertThat(many.firstStageCores(sliced(50, 894), MEASURED))
                .isGreaterThan(few.firstStageCores(sliced(5, 30), MEASURED));
        assertThat(many.secondStageCores(MEASURED)).isGreaterThan(5 * few.secondStageCores(MEASURED));
        assertThat(many.messages()).isEqualTo(few.messages());
    }

    @Test
    void aLongerCommitIntervalSavesMessagesAndCells() {
        Demand patient = DEMAND.with(DEMAND.setup().withCommitInterval(Duration.ofSeconds(5)));

        assertThat(workOf(100, patient).messages())
                .isLessThan(workOf(100, DEMAND).messages());
        assertThat(workOf(100, patient).cells()).isLessThan(workOf(100, DEMAND).cells());
    }

    @Test
    void longerBucketsSaveCellsWhereLabelsComeLate() {
        Demand daily = DEMAND.with(DEMAND.watching().withBucket(Duration.ofDays(1)));

        assertThat(workOf(100, daily).cells()).isLessThan(workOf(100, DEMAND).cells());
    }

    @Test
    void anEventCostsLessWhereItsPairMeetsAtOnce() {
        Demand near = DEMAND.with(DEMAND.arrivals().withLate(0, Duration.ZERO));

        double saved = workOf(100, DEMAND).firstStageCores(DEMAND, MEASURED)
                - workOf(100, near).firstStageCores(near, MEASURED);

        assertThat(saved * 1e6)
                .isGreaterThanOrEqualTo(195 * (MEASURED.of(Constant.FAR_MICROS) - MEASURED.of(Constant.NEAR_MICROS)));
    }

    @Test
    void threeReplicasAreWrittenThreeTimes() {
        Demand single = DEMAND.with(DEMAND.setup().withReplication(1));
        Demand triple = DEMAND.with(DEMAND.setup().withReplication(3));
        Work work = workOf(100, single);

        assertThat(work.writtenBytes(triple, Headroom.USUAL, MEASURED))
                .isCloseTo(3 * work.writtenBytes(single, Headroom.USUAL, MEASURED), within(1e-6));
    }
}
