package dev.lastmile.topology.serde;

import dev.lastmile.detection.ForeignFormatException;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceRegistry;
import dev.lastmile.topology.DeploymentHead;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Values of the deployments store that are not counts. */
public final class DeploymentCodec {

    private static final int HEAD_VERSION = 2;
    private static final int REGISTRY_VERSION = 1;

    /** Writes a domain object that knows its own format. */
    public interface Writing {
        /** Writes it. */
        void writeTo(DataOutput out) throws IOException;
    }

    /** Reads a domain object that knows its own format. */
    public interface Reading<T> {
        /** Reads it. */
        T readFrom(DataInput in) throws IOException;
    }

    private DeploymentCodec() {}

    /** The bytes of a head. */
    public static byte[] write(DeploymentHead head) {
        ByteWriter out = new ByteWriter().octet(HEAD_VERSION);
        DeltaCodec.writeLedger(head.ledger(), out);
        DeltaCodec.writeCounts(head.deadLetters(), out);
        return out.number(head.clockMs())
                .number(head.labelled())
                .number(head.batches())
                .number(head.published())
                .text(head.configurationHash())
                .toByteArray();
    }

    /** The head of some bytes. */
    public static DeploymentHead readHead(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(HEAD_VERSION);
        return new DeploymentHead(
                DeltaCodec.readLedger(in),
                DeltaCodec.readCounts(in),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.text());
    }

    /** The bytes of a registry. */
    public static byte[] write(SliceRegistry registry) {
        ByteWriter out = new ByteWriter()
                .octet(REGISTRY_VERSION)
                .number(registry.slices().size());
        registry.slices().forEach(slice -> out.text(slice.toString()));
        out.number(registry.versions().size());
        registry.versions().forEach(out::text);
        return out.toByteArray();
    }

    /** Fills a registry from some bytes. */
    public static void restore(SliceRegistry registry, byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(REGISTRY_VERSION);
        List<Slice> slices = new ArrayList<>();
        for (int left = in.size(); left > 0; left--) {
            slices.add(Slice.parse(in.text()));
        }
        List<String> versions = new ArrayList<>();
        for (int left = in.size(); left > 0; left--) {
            versions.add(in.text());
        }
        registry.restore(slices, versions);
    }

    /** The bytes of a domain object. */
    public static byte[] bytesOf(Writing domain) {
        ArrayOutput bytes = new ArrayOutput();
        try {
            domain.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The domain object of some bytes.
     *
     * @throws ForeignStateException if their format is another one
     */
    public static <T> T read(byte[] bytes, Reading<T> reading) {
        try {
            return reading.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (ForeignFormatException e) {
            throw new ForeignStateException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
