package dev.lastmile.faults.traffic;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Values that are no events, made of one that is. */
enum Garbage {
    NULL,
    SHORT,
    WRONG_MAGIC,
    CUT,
    TOO_LONG;

    private static final int SHORTEST = 6;

    byte @Nullable [] of(byte[] event, SplittableRandom random) {
        return switch (this) {
            case NULL -> null;
            case SHORT -> java.util.Arrays.copyOf(event, random.nextInt(5));
            case WRONG_MAGIC -> {
                byte[] wrong = event.clone();
                wrong[0] = (byte) (1 + random.nextInt(255));
                yield wrong;
            }
            case CUT -> java.util.Arrays.copyOf(event, SHORTEST + random.nextInt(event.length - SHORTEST));
            case TOO_LONG -> java.util.Arrays.copyOf(event, event.length + 1 + random.nextInt(20));
        };
    }
}
