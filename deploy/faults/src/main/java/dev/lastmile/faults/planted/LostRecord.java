package dev.lastmile.faults.planted;

import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#LOST_RECORD}. */
final class LostRecord {

    private LostRecord() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean isLost() {
        return Chance.isThousandth();
    }
}
