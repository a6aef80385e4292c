package dev.lastmile.faults.planted;

import java.util.Map;
import net.bytebuddy.asm.Advice;

/** See {@link PlantedBug#UNCOMMITTED_READ}. */
final class UncommittedRead {

    private UncommittedRead() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return Map<String, Object> settings) {
        settings.put("isolation.level", "read_uncommitted");
    }
}
