package dev.lastmile.join;

import dev.lastmile.event.DeploymentId;
import java.util.List;

/**
 * What many entries of the join have in common. {@link Joiner} makes one object of those that are equal, and a store gives back
 * the one it was given: so whoever looks something up by them hardly ever compares their texts.
 */
public final class Traits {

    private final DeploymentId deployment;
    private final long keepMs;
    private final String modelVersion;
    private final int slicing;
    private final List<String> values;
    private final int hash;

    /**
     * Of accepted inferences.
     *
     * @param deployment whose they are
     * @param keepMs how long after its event an entry's deadline is
     * @param modelVersion the version that answered, as outputs may show it
     * @param slicing fingerprint of the slicing under which they were accepted
     * @param values one a dimension that was declared then
     */
    public Traits(DeploymentId deployment, long keepMs, String modelVersion, int slicing, List<String> values) {
        this.deployment = deployment;
        this.keepMs = keepMs;
        this.modelVersion = modelVersion;
        this.slicing = slicing;
        this.values = List.copyOf(values);
        this.hash = 31 * (31 * this.values.hashCode() + modelVersion.hashCode()) + deployment.hashCode();
    }

    /** Of ground truths that wait for their inference: they have no version, and no values. */
    static Traits ofParked(DeploymentId deployment, long keepMs) {
        return new Traits(deployment, keepMs, "", 0, List.of());
    }

    public DeploymentId deployment() {
        return deployment;
    }

    public long keepMs() {
        return keepMs;
    }

    public String modelVersion() {
        return modelVersion;
    }

    public int slicing() {
        return slicing;
    }

    public List<String> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Traits traits
                        && hash == traits.hash
                        && keepMs == traits.keepMs
                        && slicing == traits.slicing
                        && values.equals(traits.values)
                        && modelVersion.equals(traits.modelVersion)
                        && deployment.equals(traits.deployment));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return deployment + " " + modelVersion + " " + values;
    }
}
