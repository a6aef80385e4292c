package dev.lastmile.faults.planted;

import dev.lastmile.join.JoinEntry;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** See {@link PlantedBug#NO_DEDUPLICATION}. */
final class NoDeduplication {

    private NoDeduplication() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("UnusedVariable") // the code that follows reads it
    static void enter(@Advice.Argument(value = 0, readOnly = false) @Nullable JoinEntry entry) {
        if (entry instanceof JoinEntry.Known) {
            entry = null;
        }
    }
}
