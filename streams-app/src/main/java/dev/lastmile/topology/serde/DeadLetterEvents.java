package dev.lastmile.topology.serde;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.schema.DeadLetterReason;
import dev.lastmile.topology.DeadLetter;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SourceRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Dead letters as customers read them: our own envelope around their bytes. */
public final class DeadLetterEvents {

    /** A longer key is left out; no valid one is. */
    private static final int MAX_KEY_BYTES = 1_024;

    private DeadLetterEvents() {}

    /** The contract's record of a dead letter. */
    public static DeadLetterEvent of(DeadLetter letter) {
        SourceRecord source = letter.source();
        byte[] value = source.value();
        byte[] key = source.key();
        DeploymentId deployment = letter.deployment();
        boolean isTooLarge = letter.reason() == RefusalReason.TOO_LARGE;
        return DeadLetterEvent.newBuilder()
                .setReason(DeadLetterReason.valueOf(letter.reason().name()))
                .setDetail(letter.reason().explanation())
                .setCustomer(source.topic().customer())
                .setSourceTopic(source.topic().name())
                .setSourcePartition(source.partition())
                .setSourceOffset(source.offset())
                .setSourceTimestamp(Instant.ofEpochMilli(source.appendMs()))
                .setDeployment(deployment == null ? null : deployment.deployment())
                .setInferenceId(letter.inferenceId())
                .setSchemaId(value != null && Frame.isFramed(value) ? Frame.schemaId(value) : null)
                .setKey(key == null || key.length > MAX_KEY_BYTES ? null : ByteBuffer.wrap(key))
                .setPayload(value == null || isTooLarge ? null : ByteBuffer.wrap(value))
                .setPayloadSha256(value == null ? null : sha256(value))
                .setPayloadSize(value == null ? 0 : value.length)
                .build();
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
