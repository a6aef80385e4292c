package dev.lastmile.provision;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done, and what cannot be.
 *
 * @param steps in the order in which they are to be made
 * @param obstacles what no step can change; with one of them nothing should be done
 */
public record Plan(List<Step> steps, List<Finding> obstacles) {

    public Plan {
        steps = List.copyOf(steps);
        obstacles = List.copyOf(obstacles);
    }

    /** Whether somebody must give a password. */
    public boolean needsPassword() {
        return steps.stream().anyMatch(Step.SetPassword.class::isInstance);
    }

    /** What is wrong as long as it was not done. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(obstacles);
        steps.forEach(step -> findings.add(step.finding()));
        return findings;
    }
}
