package dev.lastmile.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class HeapTest {

    private static final Heap FEW_IDS = new Heap(1_000, 50);
    private static final Heap MANY_IDS = new Heap(1_400, 3_000);

    @Test
    void pageTablesTakeWhatTheyNeedAndAnEighthOfTheHeapAtMost() {
        assertThat(FEW_IDS.takenMiB(2_048)).isEqualTo(1_050);
        assertThat(MANY_IDS.takenMiB(2_048)).isEqualTo(1_400 + 256);
    }

    @Test
    void theLeastHeapHasRoomForTheRestBesidePageTables() {
        assertThat(FEW_IDS.leastMiB(1_024)).isEqualTo(1_280);
        assertThat(MANY_IDS.leastMiB(1_024)).isEqualTo(1_792);
        assertThat(MANY_IDS.leastMiB(4_096)).isEqualTo(4_096);
    }

    @Test
    void theHeapForAllPageTablesIsEightTimesTheirs() {
        assertThat(MANY_IDS.forAllTablesMiB(1_024)).isEqualTo(24_064);
        assertThat(MANY_IDS.onHeapShare(24_064)).isEqualTo(1);
        assertThat(MANY_IDS.onHeapShare(12_000)).isEqualTo(0.5);
    }

    @Test
    void withoutIdsAllAreOnTheHeap() {
        assertThat(new Heap(512, 0).onHeapShare(1_024)).isEqualTo(1);
    }

    @Test
    void aGibibyteHasRoomForTwentyThreeMillionIds() {
        assertThat(Heap.mostIds(1_024, Measured.read())).isCloseTo(23.5e6, within(0.1e6));
    }

    @Test
    void noPartIsNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Heap(-1, 0))
                .withMessage("restMiB must be >= 0 and finite: -1.0");
    }
}
