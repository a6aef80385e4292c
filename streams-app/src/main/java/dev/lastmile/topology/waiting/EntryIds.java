package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes the {@link EntryId}s of a deployment: the first 128 bits of SHA-256 over its name and the inference's. To find two ids
 * that meet takes 2^64 tries, to meet another customer's 2^127. Not thread-safe.
 */
public final class EntryIds {

    private final MessageDigest digest;
    private final byte[] prefix;

    /** Of one deployment. */
    public EntryIds(DeploymentId deployment) {
        // No part holds a zero byte, so that they cannot be cut elsewhere.
        String names = deployment.customer() + '\0' + deployment.deployment() + '\0';
        prefix = names.getBytes(StandardCharsets.UTF_8);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The id of an inference. */
    public EntryId of(String inferenceId) {
        digest.update(prefix);
        return EntryId.of(digest.digest(inferenceId.getBytes(StandardCharsets.UTF_8)));
    }
}
