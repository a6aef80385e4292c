package dev.lastmile.faults.planted;

import java.util.List;
import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#HEAP_ONLY_PARTIALS}. */
final class HeapOnlyPartials {

    private HeapOnlyPartials() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean staysThere() {
        return Chance.isHalf();
    }

    /** The next record announces the next commit, which may take all of it. */
    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // the code around this one has them
    static void exit(
            @Advice.Enter boolean stays,
            @Advice.FieldValue(value = "announced", readOnly = false) boolean announced,
            @Advice.Return(readOnly = false) List<?> deltas) {
        if (stays) {
            announced = false;
            deltas = List.of();
        }
    }
}
