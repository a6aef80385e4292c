package dev.lastmile.faults.planted;

import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#RETRACTION_NOT_APPLIED}. */
final class RetractionNotApplied {

    private RetractionNotApplied() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean isRetraction(@Advice.Argument(1) int sign) {
        return sign < 0;
    }
}
