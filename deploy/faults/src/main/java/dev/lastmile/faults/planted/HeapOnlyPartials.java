package dev.lastmile.faults.planted;

import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#HEAP_ONLY_PARTIALS}. */
final class HeapOnlyPartials {

    private HeapOnlyPartials() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean isNotAnnounced() {
        return true;
    }
}
