package dev.lastmile.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SliceTreeTest {

    private static final List<String> DIMENSIONS = List.of("accent", "noise", "device", "site");
    private static final Slicing DEEP = new Slicing(
            DIMENSIONS,
            List.of(
                    List.of("noise", "accent"),
                    List.of("accent", "noise", "site", "device"),
                    List.of("site", "noise")));

    private static List<Slice> slicesOf(SliceTree tree, List<String> values) {
        return Arrays.stream(tree.numbersOf(tree.slicing().fingerprint(), values))
                .mapToObj(tree::slice)
                .toList();
    }

    @Test
    void findsTheSlicesThatTheSlicingNames() {
        for (Slicing slicing : List.of(DEEP, new Slicing(DIMENSIONS, List.of()), new Slicing(List.of(), List.of()))) {
            SliceTree tree = new SliceTree(slicing);
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 500; i++) {
                List<String> values = new ArrayList<>();
                slicing.dimensions().forEach(any -> values.add("v" + random.nextInt(4)));

                assertThat(slicesOf(tree, values)).isEqualTo(slicing.slicesOf(values));
            }
        }
    }

    @Test
    void aSliceHasOneNumberAndNoNumberIsLeftOut() {
        SliceTree tree = new SliceTree(DEEP);
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 500; i++) {
            slicesOf(tree, List.of("a" + random.nextInt(3), "b" + random.nextInt(3), "c", "d" + random.nextInt(3)));
        }

        List<Slice> all = new ArrayList<>();
        for (int number = 0; number < tree.size(); number++) {
            all.add(tree.slice(number));
        }
        assertThat(all).doesNotHaveDuplicates().startsWith(Slice.OVERALL);
        // 1 + the values + noise,accent + accent,noise + accent,noise,site + accent,noise,site,device + site,noise
        assertThat(all).hasSize(1 + 10 + 9 + 9 + 27 + 27 + 9);
    }

    @Test
    void theyAreToldInOrderAndWithTheLengthsOfTheirNames() {
        SliceTree tree = new SliceTree(DEEP);
        assertThat(tree.inOrder()).containsExactly(0);
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 50; i++) {
                slicesOf(tree, List.of("a" + random.nextInt(9), "ü" + random.nextInt(9), "c", "d"));
            }

            List<Slice> inOrder =
                    Arrays.stream(tree.inOrder()).mapToObj(tree::slice).toList();
            assertThat(inOrder).hasSize(tree.size()).doesNotHaveDuplicates().isSorted();
            for (int number = 0; number < tree.size(); number++) {
                assertThat(tree.nameBytes(number))
                        .isEqualTo(tree.slice(number).toString().getBytes(StandardCharsets.UTF_8).length);
            }
        }
    }

    /** Whatever a customer sends: so many values of a dimension that the table grows again and again. */
    @Test
    void manyValuesAreToldApart() {
        SliceTree tree = new SliceTree(new Slicing(List.of("a", "b"), List.of(List.of("a", "b"))));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 30_000; i++) {
                List<String> values = List.of("a" + i % 301, "b" + i);
                assertThat(slicesOf(tree, values)).isEqualTo(tree.slicing().slicesOf(values));
            }
            assertThat(tree.size()).isEqualTo(1 + 301 + 30_000 + 30_000);
        }
    }

    @Test
    void valuesOfAnotherSlicingSayNothing() {
        SliceTree tree = new SliceTree(DEEP);
        Slicing other = new Slicing(List.of("accent"), List.of());

        assertThat(tree.numbersOf(other.fingerprint(), List.of("scottish"))).containsExactly(0);
        assertThat(tree.size()).isEqualTo(1);
    }
}
