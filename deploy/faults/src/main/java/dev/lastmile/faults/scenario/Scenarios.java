package dev.lastmile.faults.scenario;

import java.util.ArrayList;
import java.util.List;

/** All scenarios that there are. */
public final class Scenarios {

    private Scenarios() {}

    /** Table by table. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(BadInput.SCENARIOS);
        all.addAll(Machines.SCENARIOS);
        all.addAll(Edges.SCENARIOS);
        return List.copyOf(all);
    }
}
