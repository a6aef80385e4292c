package dev.lastmile.topology.serde;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.JoinEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What many join entries have in common, written once for all of them.
 *
 * @param deployment whose entries they are
 * @param keepMs how long after the event an entry's deadline is
 * @param modelVersion the version that answered; empty for ground truths that wait for their inference
 * @param slicing fingerprint of the slicing, 0 likewise
 * @param values one a dimension, none likewise
 */
public record EntryTerms(DeploymentId deployment, long keepMs, String modelVersion, int slicing, List<String> values) {

    public EntryTerms {
        values = List.copyOf(values);
    }

    /** The terms of an entry. */
    public static EntryTerms of(DeploymentId deployment, long keepMs, JoinEntry entry) {
        if (entry instanceof JoinEntry.Known known) {
            return new EntryTerms(
                    deployment,
                    keepMs,
                    known.inference().modelVersion(),
                    known.inference().slicing(),
                    known.inference().values());
        }
        return new EntryTerms(deployment, keepMs, "", 0, List.of());
    }

    /** By hand, as they are looked up for every entry that is saved. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof EntryTerms terms
                        && keepMs == terms.keepMs
                        && slicing == terms.slicing
                        && values.equals(terms.values)
                        && modelVersion.equals(terms.modelVersion)
                        && deployment.equals(terms.deployment));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * values.hashCode() + modelVersion.hashCode()) + deployment.hashCode();
    }

    /** Writes them. */
    public void write(ByteWriter out) {
        out.text(deployment.toString())
                .number(keepMs)
                .text(modelVersion)
                .number(slicing)
                .number(values.size());
        values.forEach(out::text);
    }

    /** Reads what {@link #write} wrote. */
    public static EntryTerms read(ByteReader in) {
        DeploymentId deployment = DeploymentId.parse(in.text());
        long keepMs = in.number();
        String modelVersion = in.text();
        int slicing = in.smallNumber();
        int dimensions = in.size();
        List<String> values = new ArrayList<>(dimensions);
        for (int i = 0; i < dimensions; i++) {
            values.add(in.text());
        }
        return new EntryTerms(deployment, keepMs, modelVersion, slicing, values);
    }
}
