package dev.lastmile.faults.planted;

import java.util.Properties;
import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#AT_LEAST_ONCE}. */
final class AtLeastOnce {

    private AtLeastOnce() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return Properties settings) {
        settings.put("processing.guarantee", "at_least_once");
    }
}
