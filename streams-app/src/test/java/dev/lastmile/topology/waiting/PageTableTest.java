package dev.lastmile.topology.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageTableTest {

    private static final int ALL = Integer.MAX_VALUE;
    private static final int IDS_A_PAGE = 100;

    private static PageTable empty() {
        return new PageTable(new Room(100 << 20));
    }

    private static PageTable filled(int ids) {
        PageTable table = empty();
        assertThat(fill(table, ids)).isEqualTo(ids);
        return table;
    }

    /** A hundred ids in each page, from page 1 on; how many were taken. */
    private static int fill(PageTable table, int ids) {
        SplittableRandom random = new SplittableRandom(1);
        int taken = 0;
        for (int i = 0; i < ids; i++) {
            taken += table.add(random.nextLong(), random.nextLong(), page(i)) ? 1 : 0;
        }
        return taken;
    }

    private static int page(int id) {
        return 1 + id / IDS_A_PAGE;
    }

    /** Whether a page is among those that may have an entry. */
    private static boolean isAmong(PageTable table, long high, long low, int page) {
        int found = table.newest(high, low, ALL);
        while (found > page) {
            found = table.newest(high, low, found);
        }
        return found == page;
    }

    private static void assertHoldsAll(PageTable table, int ids) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ids; i++) {
            assertThat(isAmong(table, random.nextLong(), random.nextLong(), page(i)))
                    .as("id %s", i)
                    .isTrue();
        }
    }

    private static double falseShare(PageTable table) {
        SplittableRandom random = new SplittableRandom(2);
        int tries = 100_000;
        int wrong = 0;
        for (int i = 0; i < tries; i++) {
            wrong += table.newest(random.nextLong(), random.nextLong(), ALL) == PageTable.NONE ? 0 : 1;
        }
        return wrong / (double) tries;
    }

    private static List<byte[]> written(PageTable table) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < table.chunks(); i++) {
            chunks.add(table.chunk(i).toByteArray());
        }
        return chunks;
    }

    private static boolean read(PageTable table, List<byte[]> chunks) {
        return chunks.stream().allMatch(table::read);
    }

    @Test
    void emptyItHoldsNothing() {
        assertThat(falseShare(empty())).isZero();
        assertThat(written(empty())).isEmpty();
    }

    @Test
    void whatWasAddedIsAlwaysThereAndLittleElse() {
        PageTable table = filled(1_000_000);

        assertHoldsAll(table, 1_000_000);
        assertThat(falseShare(table)).isLessThan(.015);
    }

    /** About once in a few million pairs of one page, ids have the same bits as far as places hold them. */
    @Test
    void idsThatLookAlikeInOnePageMoveEachByItself() {
        PageTable table = empty();
        long low = 6;
        long otherLow = low | 1L << 40;
        table.add(5, low, 1);
        table.add(5, otherLow, 1);

        assertThat(table.move(5, low, 1, 2)).isTrue();

        assertThat(isAmong(table, 5, low, 2)).isTrue();
        assertThat(isAmong(table, 5, otherLow, 1)).isTrue();
        assertThat(table.move(5, otherLow, 1, 3)).isTrue();
        assertThat(isAmong(table, 5, low, 2)).isTrue();
    }

    @Test
    void whatIsNotThereDoesNotMove() {
        PageTable table = empty();

        assertThat(table.move(5, 6, 1, 2)).isFalse();
        table.add(5, 6, 1);
        assertThat(table.move(5, 6, 3, 4)).isFalse();
        assertThat(table.newest(5, 6, ALL)).isEqualTo(1);
    }

    @Test
    void whatMovesIsInItsNewPageAndTakesNoMoreRoom() {
        PageTable table = filled(60_000);
        int bytes = written(table).stream().mapToInt(chunk -> chunk.length).sum();
        for (int round = 1; round <= 5; round++) {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 60_000; i++) {
                long high = random.nextLong();
                long low = random.nextLong();
                int from = page(i) + (round - 1) * 600;
                assertThat(table.move(high, low, from, from + 600)).isTrue();
                assertThat(isAmong(table, high, low, from + 600)).isTrue();
            }
        }

        assertThat(written(table).stream().mapToInt(chunk -> chunk.length).sum())
                .isEqualTo(bytes);
        assertThat(falseShare(table)).isLessThan(.015);
    }

    @Test
    void ofSeveralPagesTheNewestIsToldFirst() {
        PageTable table = empty();
        for (int page : new int[] {7, 3, 9}) {
            assertThat(table.add(5, 6, page)).isTrue();
        }

        assertThat(table.newest(5, 6, ALL)).isEqualTo(9);
        assertThat(table.newest(5, 6, 9)).isEqualTo(7);
        assertThat(table.newest(5, 6, 7)).isEqualTo(3);
        assertThat(table.newest(5, 6, 3)).isEqualTo(PageTable.NONE);
    }

    @Test
    void withoutRoomItKeepsWhatItHasAndRefusesTheRest() {
        Room room = new Room(300_000);
        PageTable table = new PageTable(room);
        int taken = fill(table, 70_000);

        assertThat(taken).isBetween(30_000, 60_000);
        assertHoldsAll(table, taken);
        assertThat(fill(new PageTable(room), 70_000)).as("left to others").isLessThan(taken);
        assertThat(read(new PageTable(room), written(table))).isFalse();
        table.clear();
        assertThat(fill(new PageTable(room), 70_000)).isEqualTo(taken);
    }

    @Test
    void pagesThatItCannotNameAreRefused() {
        PageTable table = empty();

        assertThat(table.add(1, 2, PageTable.LAST_PAGE)).isTrue();
        assertThat(table.add(1, 2, PageTable.LAST_PAGE + 1)).isFalse();
        assertThat(table.move(1, 2, PageTable.LAST_PAGE, PageTable.LAST_PAGE + 1))
                .isFalse();
        assertThat(table.newest(1, 2, ALL)).isEqualTo(PageTable.LAST_PAGE);
    }

    @Test
    void readBackItIsTheSameAndGoesOnGrowing() {
        PageTable table = empty();
        assertThat(read(table, written(filled(500_000)))).isTrue();

        assertHoldsAll(table, 500_000);
        assertThat(written(table)).containsExactlyElementsOf(written(filled(500_000)));
        assertThat(table.add(5, 7, 11)).isTrue();
        assertThat(isAmong(table, 5, 7, 11)).isTrue();
    }

    @Test
    void oneOfAnotherReleaseIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> empty().read(new byte[] {9, 0}))
                .withMessageContaining("another release");
    }
}
