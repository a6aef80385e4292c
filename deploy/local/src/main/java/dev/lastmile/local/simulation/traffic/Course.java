package dev.lastmile.local.simulation.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a deployment: phases one after the other, each with a traffic of its own. Phase 0 is as the baseline was.
 *
 * @param phases from the start on; not empty, each later than the one before
 */
public record Course(List<Phase> phases) {

    /**
     * One phase.
     *
     * @param fromLabel the first labelled inference in it, counted in order of occurrence from 0
     * @param traffic where inferences come from, and how wrong they are
     */
    public record Phase(long fromLabel, Traffic traffic) {}

    public Course {
        phases = List.copyOf(phases);
        if (phases.isEmpty() || phases.get(0).fromLabel() != 0) {
            throw new IllegalArgumentException("the first phase must begin at 0");
        }
        for (int i = 1; i < phases.size(); i++) {
            if (phases.get(i).fromLabel() <= phases.get(i - 1).fromLabel()) {
                throw new IllegalArgumentException("phases must be in order");
            }
        }
    }

    /** Nothing ever changes. */
    public static Course steady(Traffic traffic) {
        return new Course(List.of(new Phase(0, traffic)));
    }

    /** One phase more. */
    public Course then(long fromLabel, Traffic traffic) {
        List<Phase> longer = new ArrayList<>(phases);
        longer.add(new Phase(fromLabel, traffic));
        return new Course(longer);
    }

    /** The phase of an inference. */
    int phaseAt(long label) {
        int phase = 0;
        while (phase + 1 < phases.size() && phases.get(phase + 1).fromLabel() <= label) {
            phase++;
        }
        return phase;
    }
}
