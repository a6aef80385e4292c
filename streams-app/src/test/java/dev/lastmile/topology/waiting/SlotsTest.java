package dev.lastmile.topology.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static EntryId id(SplittableRandom random, int different) {
        long high = random.nextInt(different) * 0x9E37_79B9_7F4A_7C15L;
        return new EntryId(high, random.nextInt(2));
    }

    @Test
    void anIdHasOneSlotAndSlotsAreCountedAsTheyCome() {
        Slots slots = new Slots();
        for (int round = 0; round < 3; round++) {
            SplittableRandom random = new SplittableRandom(round);
            Map<EntryId, Integer> known = new HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                EntryId id = id(random, 8_000);
                int slot = slots.of(id);

                assertThat(slots.id(slot)).isEqualTo(id);
                assertThat(slots.hasEntry(slot)).isFalse();
                assertThat(known.computeIfAbsent(id, any -> known.size())).isEqualTo(slot);
            }
            assertThat(slots.size()).isEqualTo(known.size());

            slots.clear();
            assertThat(slots.size()).isZero();
        }
    }

    /** Nobody can make such ids, see {@link EntryIds}; were there some, they would only be slow. */
    @Test
    void idsThatBeginAlikeAreToldApart() {
        Slots slots = new Slots();
        for (int i = 0; i < 3_000; i++) {
            assertThat(slots.of(new EntryId(-1, (i * 7) % 3_000))).isEqualTo(i);
        }
    }
}
