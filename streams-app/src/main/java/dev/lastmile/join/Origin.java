package dev.lastmile.join;

import dev.lastmile.event.DeploymentId;

/**
 * What entries of the join have in common, beside their values. {@link Joiner} makes one object of those that are equal, and a
 * store gives back the one it was given: so whoever looks something up by them hardly ever compares their texts.
 *
 * @param deployment whose they are
 * @param keepMs how long after its event an entry's deadline is
 * @param modelVersion the version that answered, as outputs may show it; empty for ground truths that wait for their inference
 * @param slicing fingerprint of the slicing under which they were accepted; 0 likewise
 */
public record Origin(DeploymentId deployment, long keepMs, String modelVersion, int slicing) {

    static final String NO_VERSION = "";

    /** By hand, as it is looked up for every entry that is saved. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Origin origin
                        && keepMs == origin.keepMs
                        && slicing == origin.slicing
                        && modelVersion.equals(origin.modelVersion)
                        && deployment.equals(origin.deployment));
    }

    @Override
    public int hashCode() {
        return 31 * modelVersion.hashCode() + deployment.hashCode();
    }
}
