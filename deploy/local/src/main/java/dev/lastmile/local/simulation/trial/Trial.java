package dev.lastmile.local.simulation.trial;

import dev.lastmile.local.simulation.method.Method;
import java.util.List;

/**
 * A scenario and who takes part: all methods of a trial see the same labels.
 *
 * @param scenario what happens
 * @param methods who watches
 * @param runs how often
 */
public record Trial(Scenario scenario, List<Method> methods, int runs) {

    public Trial {
        methods = List.copyOf(methods);
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be >= 1: " + runs);
        }
    }
}
