package dev.lastmile.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceRegistryTest {

    private static final Slicing SLICING = new Slicing(List.of("accent", "noise"), List.of(List.of("noise", "accent")));

    @Test
    void tenThousandValuesAreCappedAndTheirPartsStillAddUpToTheWhole() {
        SliceRegistry registry = new SliceRegistry(64, 500);
        Random random = new Random(3);
        Map<Slice, Long> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> values = List.of("a" + random.nextInt(9_000), "n" + random.nextInt(40));
            for (Slice slice : SLICING.slicesOf(values)) {
                counts.merge(registry.place(slice), 1L, Long::sum);
            }
        }

        assertThat(counts.get(Slice.OVERALL)).isEqualTo(10_000);
        assertThat(sumOf(counts, Slice.OVERALL, "accent")).isEqualTo(10_000);
        assertThat(sumOf(counts, Slice.OVERALL, "noise")).isEqualTo(10_000);
        counts.keySet().stream()
                .filter(slice ->
                        slice.terms().size() == 1 && slice.last().dimension().equals("noise"))
                .forEach(noise -> assertThat(sumOf(counts, noise, "accent"))
                        .as(noise.toString())
                        .isEqualTo(counts.get(noise)));
        assertThat(counts.keySet())
                .filteredOn(slice ->
                        slice.terms().size() == 1 && slice.last().dimension().equals("accent"))
                .hasSize(64 + 1)
                .contains(Slice.of("accent", Slice.OTHER));
        // One more for the others of each noise.
        assertThat(counts).hasSizeLessThanOrEqualTo(500 + 41);
    }

    private static long sumOf(Map<Slice, Long> counts, Slice parent, String dimension) {
        long sum = 0;
        for (Map.Entry<Slice, Long> entry : counts.entrySet()) {
            Slice slice = entry.getKey();
            if (!slice.isOverall()
                    && slice.parent().equals(parent)
                    && slice.last().dimension().equals(dimension)) {
                sum += entry.getValue();
            }
        }
        return sum;
    }

    @Test
    void aSliceKeepsItsPlaceForGood() {
        SliceRegistry registry = new SliceRegistry(2, 100);
        Slice own = registry.place(Slice.of("accent", "a"));
        registry.place(Slice.of("accent", "b"));
        Slice late = registry.place(Slice.of("accent", "c"));

        assertThat(own).isEqualTo(Slice.of("accent", "a"));
        assertThat(late).isEqualTo(Slice.of("accent", Slice.OTHER));
        assertThat(registry.place(Slice.of("accent", "c"))).isEqualTo(late);
        assertThat(registry.place(own)).isEqualTo(own);
    }

    @Test
    void unknownAndInvalidTakeNoPlaceOfAValue() {
        SliceRegistry registry = new SliceRegistry(1, 100);
        registry.place(Slice.of("accent", Slice.UNKNOWN));
        registry.place(Slice.of("accent", Slice.INVALID));

        assertThat(registry.place(Slice.of("accent", "a"))).isEqualTo(Slice.of("accent", "a"));
        assertThat(registry.place(Slice.of("accent", Slice.UNKNOWN))).isEqualTo(Slice.of("accent", Slice.UNKNOWN));
    }

    @Test
    void aRestoredRegistryPlacesEverythingAsTheOneBeforeDid() {
        Random random = new Random(5);
        for (int number = 0; number < 200; number++) {
            SliceRegistry before = new SliceRegistry(4, 12);
            place(before, random, random.nextInt(30));
            SliceRegistry after = new SliceRegistry(4, 12);
            after.restore(before.slices(), before.versions());

            long seed = random.nextLong();
            assertThat(place(after, new Random(seed), 30)).isEqualTo(place(before, new Random(seed), 30));
            assertThat(after.slices()).isEqualTo(before.slices());
        }
    }

    private static List<Slice> place(SliceRegistry registry, Random random, int inferences) {
        List<String> accents = List.of("a", "b", "c", "d", "e", Slice.UNKNOWN, Slice.INVALID);
        List<String> noises = List.of("x", "y", "z", "w", "v", Slice.UNKNOWN);
        return random.ints(inferences)
                .mapToObj(any -> SLICING.slicesOf(List.of(
                        accents.get(random.nextInt(accents.size())), noises.get(random.nextInt(noises.size())))))
                .flatMap(List::stream)
                .map(registry::place)
                .toList();
    }

    @Test
    void moreModelVersionsThanTheLimitAreCountedTogether() {
        SliceRegistry registry = new SliceRegistry(1, 1);
        for (int i = 0; i < SliceRegistry.MAX_VERSIONS; i++) {
            assertThat(registry.place("v" + i)).isEqualTo("v" + i);
        }

        assertThat(registry.place("one more")).isEqualTo(Slice.OTHER);
        assertThat(registry.place("v3")).isEqualTo("v3");
    }
}
