package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes {@link EntryId}s: the first 128 bits of SHA-256 over deployment and inference id. To find two ids that meet takes 2^64
 * tries, to meet another customer's 2^127. Not thread-safe: one a task.
 */
public final class EntryIds {

    /** The first byte of what is no entry. */
    static final int RESERVED = 0;

    private final MessageDigest digest;

    public EntryIds() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The id of an inference. No part holds a zero byte, so that the parts cannot be cut elsewhere. */
    public EntryId of(DeploymentId deployment, String inferenceId) {
        digest.update(deployment.customer().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(deployment.deployment().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        byte[] hash = digest.digest(inferenceId.getBytes(StandardCharsets.UTF_8));
        if (hash[0] == RESERVED) {
            hash[0] = 1;
        }
        return EntryId.of(hash);
    }
}
