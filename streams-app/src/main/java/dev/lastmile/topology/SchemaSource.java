package dev.lastmile.topology;

import org.apache.avro.Schema;

/** Where writer schemas come from; answers are remembered by the implementation. */
public interface SchemaSource {

    /** What is known of a schema id as used on a topic. */
    sealed interface Resolution {
        /** The schema may be used to read this topic's records. */
        record Usable(Schema writer) implements Resolution {}

        /** Records of this schema go to the dead letters. */
        record Refused(RefusalReason reason) implements Resolution {}

        /** Nobody can tell at the moment, since no answer came, or none came yet: the record has to wait. */
        record Unavailable() implements Resolution {}

        /** The registry answers, but this topic has asked for new ids too often: the record has to wait its turn. */
        record Throttled() implements Resolution {}
    }

    /**
     * Looks a schema id up.
     *
     * @param schemaId the id in the record's frame
     * @param topic the topic the record came from
     * @param reader the contract that has to be able to read it
     */
    Resolution resolve(int schemaId, String topic, Schema reader);

    /** The same, for whoever asks again anyway: waits for no answer. */
    default Resolution resolveAtOnce(int schemaId, String topic, Schema reader) {
        return resolve(schemaId, topic, reader);
    }
}
