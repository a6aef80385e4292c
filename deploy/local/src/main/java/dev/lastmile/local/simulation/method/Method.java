package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.SliceSpace;

/** A way to watch a deployment. Immutable: one method serves all runs, in all threads. */
public interface Method {

    /** What it is called in tables; unique among the methods of a trial. */
    String label();

    /**
     * Starts a watch after a baseline.
     *
     * @param seed for methods that draw random numbers of their own
     */
    Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed);
}
