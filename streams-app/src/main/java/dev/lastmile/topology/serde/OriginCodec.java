package dev.lastmile.topology.serde;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.Origin;

/** What join entries have in common, written once for many of them. */
public final class OriginCodec {

    private OriginCodec() {}

    /** Writes it. */
    public static void write(Origin origin, ByteWriter out) {
        out.text(origin.deployment().toString())
                .number(origin.keepMs())
                .text(origin.modelVersion())
                .number(origin.slicing());
    }

    /** Reads what {@link #write} wrote. */
    public static Origin read(ByteReader in) {
        return new Origin(DeploymentId.parse(in.text()), in.number(), in.text(), in.smallNumber());
    }
}
