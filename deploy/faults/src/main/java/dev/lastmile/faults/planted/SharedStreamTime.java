package dev.lastmile.faults.planted;

import java.util.Map;
import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#SHARED_STREAM_TIME}. */
final class SharedStreamTime {

    private SharedStreamTime() {}

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // the code around this one returns it
    static void exit(
            @Advice.FieldValue("inferences") Map<String, Long> inferences,
            @Advice.FieldValue("truths") Map<String, Long> truths,
            @Advice.Return(readOnly = false) long overBeforeMs) {
        for (long clock : inferences.values()) {
            overBeforeMs = Math.max(overBeforeMs, clock);
        }
        for (long clock : truths.values()) {
            overBeforeMs = Math.max(overBeforeMs, clock);
        }
    }
}
