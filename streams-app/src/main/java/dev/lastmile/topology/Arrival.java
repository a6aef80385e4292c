package dev.lastmile.topology;

/** What comes to the second stage about a deployment. */
sealed interface Arrival {

    /** A delta on its way, as {@link dev.lastmile.topology.serde.DeltaCodec} wrote it. */
    final class Message implements Arrival {
        private final byte[] bytes;

        Message(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** Nothing more may come before the commit: what was gathered is to be worked off. */
    record CommitToCome() implements Arrival {}
}
