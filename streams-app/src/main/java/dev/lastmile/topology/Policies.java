package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import java.util.List;
import java.util.Optional;

/** All policies in the order they were written: the first that matches a deployment is its policy. */
public final class Policies {

    private final List<DeploymentPolicy> policies;

    public Policies(List<DeploymentPolicy> policies) {
        this.policies = List.copyOf(policies);
    }

    /** The policy of a deployment; empty if none matches, and then its records are refused. */
    public Optional<DeploymentPolicy> find(DeploymentId deployment) {
        for (DeploymentPolicy policy : policies) {
            if (policy.matches(deployment)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    /** The policies, in order. */
    public List<DeploymentPolicy> all() {
        return policies;
    }
}
