package dev.lastmile.topology.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdFilterTest {

    private static IdFilter filled(int ids) {
        IdFilter filter = new IdFilter();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ids; i++) {
            filter.add(random.nextLong(), random.nextLong());
        }
        return filter;
    }

    private static void assertHoldsAll(IdFilter filter, int ids) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ids; i++) {
            assertThat(filter.mayHold(random.nextLong(), random.nextLong()))
                    .as("id %s", i)
                    .isTrue();
        }
    }

    private static double falseShare(IdFilter filter) {
        SplittableRandom random = new SplittableRandom(2);
        int tries = 100_000;
        int wrong = 0;
        for (int i = 0; i < tries; i++) {
            wrong += filter.mayHold(random.nextLong(), random.nextLong()) ? 1 : 0;
        }
        return wrong / (double) tries;
    }

    @Test
    void emptyItHoldsNothing() {
        assertThat(falseShare(new IdFilter())).isZero();
    }

    @Test
    void whatWasAddedIsAlwaysThereAndLittleElse() {
        IdFilter filter = filled(60_000);

        assertHoldsAll(filter, 60_000);
        assertThat(falseShare(filter)).isLessThan(.01);
    }

    @Test
    void itGrows() {
        IdFilter filter = filled(1_000_000);

        assertHoldsAll(filter, 1_000_000);
        assertThat(falseShare(filter)).isLessThan(.03);
    }

    @Test
    void readBackItIsTheSameAndGoesOnGrowing() {
        IdFilter filter = IdFilter.read(filled(70_000).write().toByteArray());

        assertHoldsAll(filter, 70_000);
        assertThat(falseShare(filter)).isEqualTo(falseShare(filled(70_000)));
        filter.add(5, 7);
        assertThat(filter.mayHold(5, 7)).isTrue();
    }

    @Test
    void oneOfAnotherReleaseIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> IdFilter.read(new byte[] {9, 0}))
                .withMessageContaining("another release");
    }
}
