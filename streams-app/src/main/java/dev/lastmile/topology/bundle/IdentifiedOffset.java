package dev.lastmile.topology.bundle;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * An offset, and the ids of the topics it was read of. They stand behind what Kafka Streams has written beside it, each after a
 * character that never occurs there. A Kafka Streams that does not know them takes no notice of such a text but for a warning.
 *
 * @param offset as Kafka Streams has it
 * @param own id of the topic itself; absent where an earlier release committed it, or somebody else
 * @param other id of the other topic of the pair; absent where it was not known
 */
record IdentifiedOffset(
        OffsetAndMetadata offset,
        @Nullable Uuid own,
        @Nullable Uuid other) {

    private static final char BEFORE_ID = '#';

    /** What was committed. */
    static IdentifiedOffset of(OffsetAndMetadata committed) {
        String text = committed.metadata();
        int first = text.indexOf(BEFORE_ID);
        if (first < 0) {
            return new IdentifiedOffset(committed, null, null);
        }
        int second = text.indexOf(BEFORE_ID, first + 1);
        return new IdentifiedOffset(
                with(committed, text.substring(0, first)),
                idOf(text.substring(first + 1, second < 0 ? text.length() : second)),
                second < 0 ? null : idOf(text.substring(second + 1)));
    }

    /** Somebody else may have written anything there. */
    private static @Nullable Uuid idOf(String text) {
        try {
            return Uuid.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What is to be committed. */
    OffsetAndMetadata committed() {
        if (own == null) {
            return offset;
        }
        String others = other == null ? "" : BEFORE_ID + other.toString();
        return with(offset, offset.metadata() + BEFORE_ID + own + others);
    }

    private static OffsetAndMetadata with(OffsetAndMetadata offset, String metadata) {
        return new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), metadata);
    }
}
