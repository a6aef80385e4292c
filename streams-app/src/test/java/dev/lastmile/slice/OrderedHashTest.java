package dev.lastmile.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderedHashTest {

    @Test
    void holdsWhatATreeHoldsInTheSameOrder() {
        SplittableRandom random = new SplittableRandom(1);
        Map<Slice, Integer> tree = new TreeMap<>();
        Map<Slice, Integer> hash = new OrderedHash<>();
        for (int i = 0; i < 2_000; i++) {
            Slice slice = Slice.of("accent", "a" + random.nextInt(200));
            int value = i;
            switch (random.nextInt(4)) {
                case 0 -> assertThat(hash.put(slice, value)).isEqualTo(tree.put(slice, value));
                case 1 ->
                    assertThat(hash.computeIfAbsent(slice, any -> value))
                            .isEqualTo(tree.computeIfAbsent(slice, any -> value));
                case 2 -> assertThat(hash.remove(slice)).isEqualTo(tree.remove(slice));
                default -> assertThat(hash.get(slice)).isEqualTo(tree.get(slice));
            }
            if (i % 50 == 0) {
                assertThat(hash.entrySet()).containsExactlyElementsOf(tree.entrySet());
            }
        }
        assertThat(hash).hasSameSizeAs(tree);
        assertThat(hash.values()).containsExactlyElementsOf(tree.values());
    }

    @Test
    void replacesValuesWhereTheyAre() {
        Map<Slice, Integer> hash = new OrderedHash<>();
        hash.put(Slice.of("accent", "b"), 1);
        hash.put(Slice.of("accent", "a"), 2);

        hash.replaceAll((slice, value) -> 10 * value);

        assertThat(hash.values()).containsExactly(20, 10);
        assertThat(hash.get(Slice.of("accent", "b"))).isEqualTo(10);
    }
}
