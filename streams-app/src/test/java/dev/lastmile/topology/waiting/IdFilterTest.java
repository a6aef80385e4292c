package dev.lastmile.topology.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdFilterTest {

    private static IdFilter empty() {
        return new IdFilter(new IdFilter.Room(100 << 20));
    }

    private static IdFilter filled(int ids) {
        return fill(empty(), ids);
    }

    private static IdFilter fill(IdFilter filter, int ids) {
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
        assertThat(falseShare(empty())).isZero();
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

    /** Entries are written again when they change. */
    @Test
    void whatIsAddedAgainTakesNoMoreRoom() {
        IdFilter once = filled(60_000);
        IdFilter often = filled(60_000);
        for (int i = 0; i < 5; i++) {
            fill(often, 60_000);
        }

        assertThat(often.write().toByteArray()).isEqualTo(once.write().toByteArray());
    }

    @Test
    void withoutRoomItKnowsNothingAndLeavesTheRoomToOthers() {
        IdFilter.Room room = new IdFilter.Room(300_000);
        IdFilter filter = fill(new IdFilter(room), 65_000);
        assertThat(falseShare(filter)).isLessThan(.01);

        fill(filter, 70_000);
        assertThat(falseShare(filter)).isEqualTo(1);
        IdFilter asRead = new IdFilter(room);
        asRead.read(filter.write().toByteArray());
        assertThat(falseShare(asRead)).isEqualTo(1);

        IdFilter other = fill(new IdFilter(room), 65_000);
        assertThat(falseShare(other)).isLessThan(.01);
        other.clear();
        assertThat(falseShare(fill(new IdFilter(room), 65_000))).isLessThan(.01);
    }

    @Test
    void readBackItIsTheSameAndGoesOnGrowing() {
        IdFilter filter = empty();
        filter.read(filled(70_000).write().toByteArray());

        assertHoldsAll(filter, 70_000);
        assertThat(falseShare(filter)).isEqualTo(falseShare(filled(70_000)));
        filter.add(5, 7);
        assertThat(filter.mayHold(5, 7)).isTrue();
    }

    @Test
    void oneOfAnotherReleaseIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> empty().read(new byte[] {9, 0}))
                .withMessageContaining("another release");
    }
}
