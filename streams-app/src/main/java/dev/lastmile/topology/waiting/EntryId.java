package dev.lastmile.topology.waiting;

/**
 * Names an inference among all of a task: 128 bits of a hash that nobody can steer, see {@link EntryIds}.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record EntryId(long high, long low) {

    static final int BYTES = 16;

    byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            int shift = Long.SIZE - Byte.SIZE * (i + 1);
            bytes[i] = (byte) (high >>> shift);
            bytes[Long.BYTES + i] = (byte) (low >>> shift);
        }
        return bytes;
    }

    static EntryId of(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = high << Byte.SIZE | (bytes[i] & 0xFF);
            low = low << Byte.SIZE | (bytes[Long.BYTES + i] & 0xFF);
        }
        return new EntryId(high, low);
    }

    /** Every bit is as good as any other. */
    @Override
    public int hashCode() {
        return (int) low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryId id && high == id.high && low == id.low;
    }
}
