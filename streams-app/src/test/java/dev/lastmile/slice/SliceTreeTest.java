package dev.lastmile.slice;

import static org.assertj.core.api.Assertions.assertThat;

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
    void valuesOfAnotherSlicingSayNothing() {
        SliceTree tree = new SliceTree(DEEP);
        Slicing other = new Slicing(List.of("accent"), List.of());

        assertThat(tree.numbersOf(other.fingerprint(), List.of("scottish"))).containsExactly(0);
        assertThat(tree.size()).isEqualTo(1);
    }
}
