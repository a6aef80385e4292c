package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import java.util.List;
import java.util.Optional;

/** All policies in the order they were written: the first that matches a deployment is its policy. */
public final class Policies {

    private final List<DeploymentPolicy> policies;
    private final int mostDeployments;

    /** As many deployments as customers have. */
    public Policies(List<DeploymentPolicy> policies) {
        this(policies, Integer.MAX_VALUE);
    }

    /**
     * @param mostDeployments of a customer that are counted, by a task, beside those that a policy names
     */
    public Policies(List<DeploymentPolicy> policies, int mostDeployments) {
        this.policies = List.copyOf(policies);
        this.mostDeployments = mostDeployments;
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

    /** Deployments of a customer that a task counts at most, beside those that a policy names. */
    int mostDeployments() {
        return mostDeployments;
    }

    /** The policies, in order. */
    public List<DeploymentPolicy> all() {
        return policies;
    }
}
