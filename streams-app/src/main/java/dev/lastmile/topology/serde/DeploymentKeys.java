package dev.lastmile.topology.serde;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.VersionSlice;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the deployments store: the deployment, a zero byte, an octet for the part, then model version, bucket and slice
 * as far as the part has them. Buckets of one version are in the order of time.
 */
public final class DeploymentKeys {

    /** What is kept of a deployment. */
    public enum Part {
        HEAD('h'),
        REGISTRY('r'),
        LEARNING('l'),
        BEFORE_LEARNING('m'),
        BASELINE('b'),
        BASELINES('v'),
        ALERTS('a'),
        FORGOTTEN('f'),
        DETECTOR('d'),
        PANEL('p'),
        SESSIONS('s'),
        COVERAGE('c'),
        NEWS('n'),
        CELL('k');

        private final char octet;

        Part(char octet) {
            this.octet = octet;
        }
    }

    /** A size takes no more room than this. */
    private static final int MOST_OF_SIZE = 10;

    private DeploymentKeys() {}

    /** The key of a part that a deployment has once. */
    public static Bytes of(DeploymentId deployment, Part part) {
        return Bytes.wrap(start(deployment, part).toByteArray());
    }

    /** The key of a part that a slice of a version has once. */
    public static Bytes of(DeploymentId deployment, Part part, VersionSlice key) {
        return of(prefixOf(deployment, part), key);
    }

    /** The key of a part that a cell has once. */
    public static Bytes of(DeploymentId deployment, Part part, CellKey key) {
        return of(prefixOf(deployment, part), key);
    }

    /** What all keys of a part begin with, for those who make many of them. */
    public static byte[] prefixOf(DeploymentId deployment, Part part) {
        return start(deployment, part).toByteArray();
    }

    /** The key of a slice of a version, after the prefix of a part. */
    public static Bytes of(byte[] prefix, VersionSlice key) {
        byte[] version = utf8(key.modelVersion());
        byte[] slice = utf8(key.slice().toString());
        return Bytes.wrap(new ByteWriter(prefix.length + version.length + slice.length + 2 * MOST_OF_SIZE)
                .raw(prefix)
                .sized(version)
                .sized(slice)
                .toByteArray());
    }

    /** The key of a cell, after the prefix of a part. */
    public static Bytes of(byte[] prefix, CellKey key) {
        byte[] version = utf8(key.modelVersion());
        byte[] slice = utf8(key.slice().toString());
        return Bytes.wrap(new ByteWriter(prefix.length + version.length + Long.BYTES + slice.length + 2 * MOST_OF_SIZE)
                .raw(prefix)
                .sized(version)
                .fixed(key.bucketStartMs())
                .sized(slice)
                .toByteArray());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Not larger than the key of any cell of the version in the bucket, and of none before it. */
    public static Bytes firstOf(DeploymentId deployment, Part part, String modelVersion, long bucketStartMs) {
        return Bytes.wrap(
                start(deployment, part).text(modelVersion).fixed(bucketStartMs).toByteArray());
    }

    /** Larger than any key of the deployment. */
    public static Bytes endOf(DeploymentId deployment) {
        return Bytes.wrap((deployment + "\1").getBytes(StandardCharsets.UTF_8));
    }

    /** The deployment of a key. */
    public static DeploymentId deploymentOf(Bytes key) {
        byte[] bytes = key.get();
        return DeploymentId.parse(new String(bytes, 0, zeroIn(bytes), StandardCharsets.UTF_8));
    }

    /** Larger than any key of the part. */
    public static Bytes endOf(DeploymentId deployment, Part part) {
        return Bytes.wrap(endOf(start(deployment, part).toByteArray()));
    }

    /** The slice and version of a key. */
    public static VersionSlice versionSlice(Bytes key) {
        ByteReader in = afterPart(key);
        return new VersionSlice(in.text(), Slice.parse(in.text()));
    }

    /** The cell of a key. */
    public static CellKey cellKey(Bytes key) {
        ByteReader in = afterPart(key);
        return new CellKey(in.text(), in.fixed(), Slice.parse(in.text()));
    }

    private static ByteReader afterPart(Bytes key) {
        byte[] bytes = key.get();
        ByteReader in = new ByteReader(bytes);
        in.skip(zeroIn(bytes) + 2);
        return in;
    }

    private static int zeroIn(byte[] bytes) {
        int zero = 0;
        while (bytes[zero] != 0) {
            zero++;
        }
        return zero;
    }

    private static ByteWriter start(DeploymentId deployment, Part part) {
        return new ByteWriter()
                .raw(deployment.toString().getBytes(StandardCharsets.UTF_8))
                .octet(0)
                .octet(part.octet);
    }

    /** The prefix with its last byte counted up: no prefix here ends in 0xFF, the octets are letters and text UTF-8. */
    private static byte[] endOf(byte[] prefix) {
        byte[] end = prefix.clone();
        end[end.length - 1]++;
        return end;
    }
}
