package dev.lastmile.topology.serde;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.Traits;
import java.util.ArrayList;
import java.util.List;

/** What join entries have in common, written once for many of them. */
public final class TraitsCodec {

    private TraitsCodec() {}

    /** Writes them. */
    public static void write(Traits traits, ByteWriter out) {
        out.text(traits.deployment().toString())
                .number(traits.keepMs())
                .text(traits.modelVersion())
                .number(traits.slicing())
                .number(traits.values().size());
        traits.values().forEach(out::text);
    }

    /** Reads what {@link #write} wrote. */
    public static Traits read(ByteReader in) {
        DeploymentId deployment = DeploymentId.parse(in.text());
        long keepMs = in.number();
        String modelVersion = in.text();
        int slicing = in.smallNumber();
        int dimensions = in.size();
        List<String> values = new ArrayList<>(dimensions);
        for (int i = 0; i < dimensions; i++) {
            values.add(in.text());
        }
        return new Traits(deployment, keepMs, modelVersion, slicing, values);
    }
}
