package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import java.util.ArrayList;
import java.util.List;

/** The two that need not look: what every table of delays and false alarms lies between. */
public enum Dummy implements Method {

    /** Calls out every slice at every batch. */
    ALWAYS("always") {
        @Override
        public Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed) {
            List<Call> calls = new ArrayList<>();
            for (int slice = 1; slice < space.size(); slice++) {
                calls.add(new Call(slice, Call.Kind.DISPARATE));
            }
            List<Call> all = List.copyOf(calls);
            return batch -> all;
        }
    },

    /** Never calls out anything. */
    NEVER("never") {
        @Override
        public Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed) {
            return batch -> List.of();
        }
    };

    private final String title;

    Dummy(String title) {
        this.title = title;
    }

    @Override
    public String label() {
        return title;
    }
}
