package dev.lastmile.topology.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static EntryId id(SplittableRandom random, int different) {
        long high = random.nextInt(different) * 0x9E37_79B9_7F4A_7C15L;
        return new EntryId(high, random.nextInt(2));
    }

    @Test
    void anIdHasOneSlotAndAllAreInTheOrderOfIds() {
        Slots slots = new Slots();
        for (int round = 0; round < 3; round++) {
            SplittableRandom random = new SplittableRandom(round);
            Map<EntryId, Integer> known = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                EntryId id = id(random, 8_000);
                int slot = slots.of(id);

                assertThat(slots.id(slot)).isEqualTo(id);
                assertThat(known.computeIfAbsent(id, any -> slot)).isEqualTo(slot);
            }
            List<EntryId> inOrder = new ArrayList<>();
            slots.forEach(slot -> inOrder.add(slots.id(slot)));
            assertThat(slots.size()).isEqualTo(known.size());
            assertThat(inOrder).isEqualTo(new ArrayList<>(new TreeSet<>(known.keySet())));

            slots.clear();
            assertThat(slots.size()).isZero();
            slots.forEach(slot -> {
                throw new AssertionError("slot " + slot);
            });
        }
    }

    /** Nobody can make such ids, see {@link EntryIds}; were there some, they would only be slow. */
    @Test
    void idsThatBeginAlikeAreToldApart() {
        Slots slots = new Slots();
        for (int i = 0; i < 3_000; i++) {
            slots.of(new EntryId(-1, (i * 7) % 3_000));
        }

        List<Long> inOrder = new ArrayList<>();
        slots.forEach(slot -> inOrder.add(slots.id(slot).low()));
        assertThat(inOrder).hasSize(3_000).isSorted();
    }
}
