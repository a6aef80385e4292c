package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.Joiner;
import dev.lastmile.join.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How many records wait, by the step of time in which they expire. So nobody has to look at the entries to know what expired,
 * and an entry that waits is there as long as its step is. Mutable.
 */
final class Deadlines {

    private final Map<DeploymentId, TreeMap<Long, Waiting>> steps = new HashMap<>();
    private final Set<Step> changed = new HashSet<>();

    /**
     * Of one deployment.
     *
     * @param deployment which
     * @param endMs its last millisecond
     */
    record Step(DeploymentId deployment, long endMs) {}

    /** Whether what waits in this entry was not yet counted as expired; true of one in which nothing waits. */
    boolean hold(Held held) {
        Waiting waits = held.entry().waiting();
        return waits.isNothing() || get(stepOf(held)).holds(waits);
    }

    /** What waits in this entry, waits now. */
    void add(Held held) {
        Waiting waits = held.entry().waiting();
        if (!waits.isNothing()) {
            Step step = stepOf(held);
            change(step, get(step).plus(waits));
        }
    }

    /** What waits in this entry, waits no more. */
    void remove(Held held) {
        Waiting waits = held.entry().waiting();
        if (!waits.isNothing()) {
            Step step = stepOf(held);
            change(step, get(step).minus(waits));
        }
    }

    private static Step stepOf(Held held) {
        return new Step(held.deployment(), held.stepEndMs());
    }

    private void change(Step step, Waiting waits) {
        set(step, waits);
        changed.add(step);
    }

    Waiting get(Step step) {
        TreeMap<Long, Waiting> its = steps.get(step.deployment());
        return its == null ? Waiting.NOTHING : its.getOrDefault(step.endMs(), Waiting.NOTHING);
    }

    /** As it was written. */
    void set(Step step, Waiting waits) {
        TreeMap<Long, Waiting> its = steps.computeIfAbsent(step.deployment(), any -> new TreeMap<>());
        if (waits.isNothing()) {
            its.remove(step.endMs());
        } else {
            its.put(step.endMs(), waits);
        }
    }

    /** Whether anything waited until its step was over. */
    boolean isAnyOver(ToLongFunction<String> overBeforeMs) {
        return steps.entrySet().stream()
                .anyMatch(its -> !its.getValue().isEmpty()
                        && its.getValue().firstKey()
                                < overBeforeMs.applyAsLong(its.getKey().customer()));
    }

    /**
     * Forgets what waited in steps that are over.
     *
     * @param overBeforeMs of a customer: what lies before is over
     * @return what expired, of every deployment of which something did
     */
    Map<DeploymentId, Ledger> expire(ToLongFunction<String> overBeforeMs) {
        Map<DeploymentId, Ledger> expired = new HashMap<>();
        steps.forEach((deployment, its) -> {
            Map<Long, Waiting> over = its.headMap(overBeforeMs.applyAsLong(deployment.customer()), false);
            over.forEach((endMs, waits) -> {
                expired.computeIfAbsent(deployment, any -> new Ledger()).add(Joiner.expired(waits));
                changed.add(new Step(deployment, endMs));
            });
            over.clear();
        });
        steps.values().removeIf(TreeMap::isEmpty);
        return expired;
    }

    /** The steps that changed since the last call. */
    List<Step> takeChanged() {
        List<Step> taken = new ArrayList<>(changed);
        changed.clear();
        return taken;
    }

    /** All are to be written anew. */
    void touch() {
        steps.forEach((deployment, its) -> its.keySet().forEach(endMs -> changed.add(new Step(deployment, endMs))));
    }
}
