package dev.lastmile.faults.soak;

import java.io.IOException;

/** Memory of this JVM for the comparison, which keeps all events of a customer on its heap. */
final class Room {

    /** As measured, and some more. */
    private static final long BYTES_A_RECORD = 320;

    private Room() {}

    /**
     * Looks whether so many records can be compared at all, before they are sent.
     *
     * @param records of all customers
     * @param mostBytes that the heap may have
     * @throws IOException where they cannot
     */
    static void require(long records, long mostBytes) throws IOException {
        long needed = records * BYTES_A_RECORD;
        if (needed > mostBytes) {
            throw new IOException("to compare " + records + " records takes a heap of " + (needed >> 20)
                    + " MiB, and this one may have " + (mostBytes >> 20) + " MiB: give more with -Xmx");
        }
    }
}
