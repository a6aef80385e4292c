package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.Joiner;
import dev.lastmile.join.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * How many records wait, by the step of time in which they expire. So nobody has to look at the entries to know what expired,
 * and an entry that waits is there as long as its step is. Mutable.
 */
final class Deadlines {

    private final Map<DeploymentId, TreeMap<Long, Counter>> steps = new HashMap<>();
    private final List<Step> changed = new ArrayList<>();

    /** What waits in a step, and whether it is among the changed ones. */
    private static final class Counter {
        private long inferences;
        private long truths;
        private boolean changed;
    }

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
        if (waits.isNothing()) {
            return true;
        }
        TreeMap<Long, Counter> its = steps.get(held.deployment());
        Counter counter = its == null ? null : its.get(held.stepEndMs());
        return counter != null && counter.inferences >= waits.inferences() && counter.truths >= waits.truths();
    }

    /** What waits in this entry, waits now. */
    void add(Held held) {
        change(held, 1);
    }

    /** What waits in this entry, waits no more. */
    void remove(Held held) {
        change(held, -1);
    }

    private void change(Held held, int sign) {
        Waiting waits = held.entry().waiting();
        if (!waits.isNothing()) {
            long endMs = held.stepEndMs();
            Counter counter = counter(held.deployment(), endMs);
            counter.inferences += sign * waits.inferences();
            counter.truths += sign * waits.truths();
            changed(held.deployment(), endMs, counter);
        }
    }

    private Counter counter(DeploymentId deployment, long endMs) {
        return steps.computeIfAbsent(deployment, any -> new TreeMap<>()).computeIfAbsent(endMs, any -> new Counter());
    }

    private void changed(DeploymentId deployment, long endMs, Counter counter) {
        if (!counter.changed) {
            counter.changed = true;
            changed.add(new Step(deployment, endMs));
        }
    }

    /** As it was written; in place of what was written before. */
    void set(Step step, Waiting waits) {
        Counter counter = counter(step.deployment(), step.endMs());
        counter.inferences = waits.inferences();
        counter.truths = waits.truths();
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
            Map<Long, Counter> over = its.headMap(overBeforeMs.applyAsLong(deployment.customer()), false);
            over.forEach((endMs, counter) -> {
                Ledger ledger = Joiner.expired(new Waiting(counter.inferences, counter.truths));
                if (!ledger.isEmpty()) {
                    expired.computeIfAbsent(deployment, any -> new Ledger()).add(ledger);
                }
                changed(deployment, endMs, counter);
            });
            over.clear();
        });
        steps.values().removeIf(TreeMap::isEmpty);
        return expired;
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** Tells the steps that changed since the last call, and what waits in them now. */
    void takeChanged(BiConsumer<Step, Waiting> taker) {
        for (Step step : changed) {
            TreeMap<Long, Counter> its = steps.get(step.deployment());
            Counter counter = its == null ? null : its.get(step.endMs());
            if (counter == null) {
                taker.accept(step, Waiting.NOTHING);
            } else {
                counter.changed = false;
                taker.accept(step, new Waiting(counter.inferences, counter.truths));
            }
        }
        changed.clear();
    }

    /** All are to be written anew. */
    void touch() {
        steps.forEach((deployment, its) -> its.forEach((endMs, counter) -> changed(deployment, endMs, counter)));
    }
}
