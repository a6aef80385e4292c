package dev.lastmile.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import org.junit.jupiter.api.Test;

class WarmCellsTest {

    private static final DeploymentId ONE = new DeploymentId("st-marys", "ward-7");
    private static final DeploymentId OTHER = new DeploymentId("st-marys", "ward-8");

    private static CellKey cell(int bucket) {
        return new CellKey("v1", bucket, Slice.OVERALL);
    }

    private static byte[] bytes(int of) {
        return new byte[] {(byte) of, 1};
    }

    @Test
    void aCellIsFoundUntilItIsRemovedAndOfItsDeploymentAlone() {
        WarmCells cells = new WarmCells();

        cells.put(ONE, cell(1), bytes(1));
        cells.put(ONE, cell(1), bytes(2));
        cells.put(ONE, cell(3), bytes(3));

        assertThat(cells.get(ONE, cell(1))).isEqualTo(bytes(2));
        assertThat(cells.get(OTHER, cell(1))).isNull();
        cells.remove(ONE, cell(1));
        assertThat(cells.get(ONE, cell(1))).isNull();
        assertThat(cells.get(ONE, cell(3))).isEqualTo(bytes(3));
    }

    @Test
    void theBucketThatWasNotAskedForTheLongestIsForgottenFirst() {
        WarmCells cells = new WarmCells(100 * 82);
        int others = 1_000;

        cells.put(ONE, cell(-1), bytes(7));
        for (int i = 0; i < others; i++) {
            cells.put(ONE, cell(i), bytes(i));
            assertThat(cells.get(ONE, cell(-1))).isEqualTo(bytes(7));
        }

        for (int i = 0; i < others - 99; i++) {
            assertThat(cells.get(ONE, cell(i))).isNull();
        }
        for (int i = others - 99; i < others; i++) {
            assertThat(cells.get(ONE, cell(i))).isEqualTo(bytes(i));
        }
    }

    @Test
    void whatIsRemovedOrReplacedMakesRoom() {
        WarmCells cells = new WarmCells(2 * 82);
        cells.put(ONE, cell(1), bytes(1));
        cells.put(ONE, cell(2), bytes(2));

        cells.remove(ONE, cell(2));
        assertThat(cells.put(ONE, cell(1), bytes(3))).isEqualTo(bytes(1));
        assertThat(cells.put(OTHER, cell(1), bytes(4))).isNull();

        assertThat(cells.get(ONE, cell(1))).isEqualTo(bytes(3));
        assertThat(cells.get(OTHER, cell(1))).isEqualTo(bytes(4));
        assertThat(cells.get(ONE, cell(2))).isNull();
    }

    @Test
    void withoutRoomNothingIsKept() {
        WarmCells cells = new WarmCells(0);

        cells.put(ONE, cell(1), bytes(1));

        assertThat(cells.get(ONE, cell(1))).isNull();
    }
}
