package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be accepted.
 *
 * @param reason why
 * @param source where it stands; without key and value when it was refused long after it was read
 * @param deployment which deployment it is for; absent where that cannot be told or is not configured
 * @param inferenceId which inference it is about; absent where that cannot be told
 */
public record DeadLetter(
        RefusalReason reason,
        SourceRecord source,
        @Nullable DeploymentId deployment,
        @Nullable String inferenceId) {}
