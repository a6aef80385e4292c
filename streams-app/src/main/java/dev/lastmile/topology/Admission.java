package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a decoded event may enter: its key, its deployment's policy, its kind of answer, its time against the broker's
 * append time. A pure function of the record.
 */
public final class Admission {

    /** How far a customer's clock may run ahead of the broker's. */
    private static final long MAX_AHEAD_MS = Duration.ofMinutes(5).toMillis();

    private final Policies policies;

    /** By these policies. */
    public Admission(Policies policies) {
        this.policies = policies;
    }

    /** The same where it may enter, or was refused before; else the refusal. */
    public Intake.OfRecord admit(Intake.OfRecord intake) {
        if (intake instanceof Intake.AnInference an) {
            RefusalReason reason = reasonAgainst(
                    an.source(),
                    an.inference().deployment(),
                    an.inference().inferenceId(),
                    an.inference().occurredAtMs(),
                    policy -> policy.scorer().accepts(an.inference().output()));
            return reason == null
                    ? an
                    : refused(
                            reason,
                            an.source(),
                            an.inference().deployment(),
                            an.inference().inferenceId());
        } else if (intake instanceof Intake.ATruth a) {
            RefusalReason reason = reasonAgainst(
                    a.source(),
                    a.groundTruth().deployment(),
                    a.groundTruth().inferenceId(),
                    a.groundTruth().observedAtMs(),
                    policy -> policy.scorer().acceptsTruth(a.groundTruth().truth()));
            return reason == null
                    ? a
                    : refused(
                            reason,
                            a.source(),
                            a.groundTruth().deployment(),
                            a.groundTruth().inferenceId());
        }
        return intake;
    }

    private interface AnswerCheck {
        boolean fits(DeploymentPolicy policy);
    }

    private @Nullable RefusalReason reasonAgainst(
            SourceRecord source, DeploymentId deployment, String inferenceId, long eventMs, AnswerCheck answer) {
        if (!Arrays.equals(source.key(), inferenceId.getBytes(StandardCharsets.UTF_8))) {
            return RefusalReason.KEY_MISMATCH;
        }
        Optional<DeploymentPolicy> policy = policies.find(deployment);
        if (policy.isEmpty()) {
            return RefusalReason.UNKNOWN_DEPLOYMENT;
        }
        if (!answer.fits(policy.get())) {
            return RefusalReason.WRONG_ANSWER_TYPE;
        }
        long maxAgeMs = policy.get().limits().maxAge().toMillis();
        if (eventMs < source.appendMs() - maxAgeMs) {
            return RefusalReason.TIME_TOO_OLD;
        }
        return eventMs - MAX_AHEAD_MS > source.appendMs() ? RefusalReason.TIME_FUTURE : null;
    }

    private static Intake.OfRecord refused(
            RefusalReason reason, SourceRecord source, DeploymentId deployment, String inferenceId) {
        boolean isConfigured = reason != RefusalReason.UNKNOWN_DEPLOYMENT;
        return new Intake.Refused(reason, source, isConfigured ? deployment : null, inferenceId);
    }
}
