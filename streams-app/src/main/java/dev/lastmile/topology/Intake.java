package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decoding made of records. */
public sealed interface Intake {

    /** Of several records, in order. */
    record Taken(List<OfRecord> records) implements Intake {}

    /** Of one record. */
    sealed interface OfRecord extends Intake {
        /** The record it was made of. */
        SourceRecord source();
    }

    /** An inference that may be joined. */
    record AnInference(Inference inference, SourceRecord source) implements OfRecord {}

    /** A ground truth that may be joined. */
    record ATruth(GroundTruth groundTruth, SourceRecord source) implements OfRecord {}

    /**
     * A record for the dead letters.
     *
     * @param reason why
     * @param source the record itself
     * @param deployment which deployment it is for; absent where that cannot be told or is not configured
     * @param inferenceId which inference it is about; absent where that cannot be told
     */
    record Refused(
            RefusalReason reason,
            SourceRecord source,
            @Nullable DeploymentId deployment,
            @Nullable String inferenceId) implements OfRecord {}

    /**
     * Nobody can tell yet: the record waits.
     *
     * @param source the record itself
     * @param throttled whether the registry could be asked, had the topic not asked for too many unknown ids already
     */
    record Undecided(SourceRecord source, boolean throttled) implements OfRecord {}

    /** An undecided record waits no longer; what became of it follows at once. */
    record Released(SourceRecord source) implements OfRecord {}

    /** Nothing more may come before the commit: what was taken in so far is to be worked off and sent on. */
    record EndOfIntake() implements Intake {}
}
