package dev.lastmile.detection;

import java.io.DataInput;
import java.io.IOException;

/** The format version at the head of everything that is written as state. */
public final class StateFormat {

    private StateFormat() {}

    /** Reads the version and refuses any but the expected one: guessing at state would corrupt it silently. */
    public static void require(String what, byte expected, DataInput in) throws IOException {
        byte found = in.readByte();
        if (found != expected) {
            throw new ForeignFormatException("state of a " + what + " must have format " + expected + ": " + found);
        }
    }
}
