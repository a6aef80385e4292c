package dev.lastmile.faults.planted;

import java.util.List;
import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#SWAPPED_SLICES}. */
final class SwappedSlices {

    private SwappedSlices() {}

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // the code around this one returns it
    static void exit(@Advice.Return(readOnly = false) List<String> values) {
        values = Chance.swapped(values);
    }
}
