package dev.lastmile.faults.planted;

import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#TRAILING_BYTES}. */
final class TrailingBytes {

    private TrailingBytes() {}

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // the code around this one returns it
    static void exit(@Advice.Return(readOnly = false) boolean isEnd) {
        isEnd = true;
    }
}
