package dev.lastmile.topology;

import java.util.OptionalInt;

/** Judges raw records; never throws for anything a customer can send. */
public interface EventDecoder {

    /** What the record is. */
    Intake.OfRecord decode(SourceRecord source);

    /** The id of the schema that has to be known first; absent where none has to be. */
    default OptionalInt schemaOf(SourceRecord source) {
        return OptionalInt.empty();
    }

    /**
     * Whether records of a schema could be judged now. May have the registry asked, and waits for no answer.
     *
     * @param topic which they are of
     */
    default SchemaSource.Resolution resolve(SourceTopic topic, int schemaId) {
        return new SchemaSource.Resolution.Unavailable();
    }
}
