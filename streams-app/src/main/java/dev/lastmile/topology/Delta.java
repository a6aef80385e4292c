package dev.lastmile.topology;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import java.util.List;
import java.util.Map;

/**
 * What one task counted for one deployment since its last drain: what the first stage sends to the second.
 *
 * @param deployment whose
 * @param clockMs largest broker append time among the records counted
 * @param ledger changes of dispositions
 * @param deadLetters new dead letters by reason code
 * @param sessions labels of sessions, and scores of those that are sampled
 * @param cells additions to statistics
 * @param commands of operators, in the order they were given; to be obeyed before anything is added
 */
public record Delta(
        DeploymentId deployment,
        long clockMs,
        Ledger ledger,
        Map<String, Long> deadLetters,
        SessionSample sessions,
        List<Cell> cells,
        List<BaselineCommand> commands) {

    /** The deployment that counts what cannot be told apart: no policy, or nothing that decodes. */
    public static final String UNATTRIBUTED = "__unattributed__";

    /**
     * Additions to one slice of one model version in one bucket.
     *
     * @param modelVersion which version
     * @param bucketStartMs start of the event-time bucket
     * @param slice which slice
     * @param counts to be added
     */
    public record Cell(String modelVersion, long bucketStartMs, Slice slice, SliceCounts counts) {}

    public Delta {
        deadLetters = Map.copyOf(deadLetters);
        cells = List.copyOf(cells);
        commands = List.copyOf(commands);
    }

    /** What was counted, without commands. */
    public Delta(
            DeploymentId deployment,
            long clockMs,
            Ledger ledger,
            Map<String, Long> deadLetters,
            SessionSample sessions,
            List<Cell> cells) {
        this(deployment, clockMs, ledger, deadLetters, sessions, cells, List.of());
    }

    /**
     * A command, and nothing that was counted. It does not move the deployment's clock: that is its customer's, and an
     * operator's absurd time must not close the customer's windows.
     */
    public static Delta of(DeploymentId deployment, BaselineCommand command) {
        return new Delta(
                deployment,
                Long.MIN_VALUE,
                new Ledger(),
                Map.of(),
                new SessionSample(SessionSample.IN_TRANSIT),
                List.of(),
                List.of(command));
    }
}
