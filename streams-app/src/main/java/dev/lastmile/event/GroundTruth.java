package dev.lastmile.event;

/**
 * What would have been the right answer to one input; may come before or long after the inference, and be corrected.
 *
 * @param deployment the deployment of the inference
 * @param inferenceId which inference
 * @param observedAtMs when the truth became known, epoch milliseconds UTC; decides whether it came within the horizon
 * @param truth the right answer, or the errors the customer counted
 * @param revision 0 for the first version; the highest revision stands, whatever the order of arrival
 */
public record GroundTruth(DeploymentId deployment, String inferenceId, long observedAtMs, Answer truth, int revision) {

    public GroundTruth {
        if (inferenceId.isEmpty()) {
            throw new IllegalArgumentException("inferenceId must not be empty");
        }
        if (truth instanceof Answer.Nothing) {
            throw new IllegalArgumentException("a ground truth must say something");
        }
        if (revision < 0) {
            throw new IllegalArgumentException("revision must be >= 0: " + revision);
        }
    }
}
