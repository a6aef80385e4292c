package dev.lastmile.alert;

import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.Slice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an alert of a deployment is about; at most one is active for each.
 *
 * @param kind what is claimed
 * @param slice of which slice
 * @param modelVersion of which version
 */
record AlertKey(Verdict kind, Slice slice, String modelVersion) {

    private static final int ID_BYTES = 8;

    /**
     * 16 hexadecimal digits that name one episode.
     *
     * @param episode 1 for the first time this key fires
     */
    String alertId(DeploymentId deployment, int episode) {
        // A line feed occurs in no part but perhaps the version, and that is followed by digits only.
        String name = String.join(
                "\n",
                deployment.customer(),
                deployment.deployment(),
                kind.name(),
                slice.toString(),
                modelVersion,
                Integer.toString(episode));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static AlertKey of(Alert alert) {
        return new AlertKey(alert.kind(), alert.slice(), alert.modelVersion());
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(kind.name());
        out.writeUTF(slice.toString());
        out.writeUTF(modelVersion);
    }

    static AlertKey readFrom(DataInput in) throws IOException {
        return new AlertKey(Verdict.valueOf(in.readUTF()), Slice.parse(in.readUTF()), in.readUTF());
    }
}
