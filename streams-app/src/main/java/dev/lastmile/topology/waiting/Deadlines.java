package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Joiner;
import dev.lastmile.join.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many records wait, by the step of time in which they expire. So nobody has to look at the entries to know what expired,
 * and an entry that waits is there as long as its step is. Mutable.
 */
final class Deadlines {

    /** Deadlines are counted in steps of about a hundredth of the time that entries are kept. */
    private static final int STEPS = 64;

    private final Map<DeploymentId, Steps> steps = new HashMap<>();
    private final List<Step> changed = new ArrayList<>();

    /** What was asked for last: the same is asked for several times for one record. */
    private @Nullable Steps last;

    private @Nullable DeploymentId lastDeployment;

    /** Of one deployment, by their ends. Most records of a time fall into one step. */
    private static final class Steps {
        private final TreeMap<Long, Counter> byEnd = new TreeMap<>();
        private @Nullable Counter last;
        private long lastEndMs;

        @Nullable
        Counter find(long endMs) {
            if (last == null || lastEndMs != endMs) {
                last = byEnd.get(endMs);
                lastEndMs = endMs;
            }
            return last;
        }

        Counter of(long endMs) {
            Counter known = find(endMs);
            if (known == null) {
                known = new Counter();
                byEnd.put(endMs, known);
                last = known;
            }
            return known;
        }

        /** Those that end before. */
        Map<Long, Counter> take(long overBeforeMs) {
            Map<Long, Counter> over = byEnd.headMap(overBeforeMs, false);
            Map<Long, Counter> taken = new TreeMap<>(over);
            over.clear();
            last = null;
            return taken;
        }
    }

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
    boolean hold(JoinEntry entry) {
        Waiting waits = entry.waiting();
        if (waits.isNothing()) {
            return true;
        }
        Counter counter = find(entry.origin().deployment(), stepEndMs(entry));
        return counter != null && counter.inferences >= waits.inferences() && counter.truths >= waits.truths();
    }

    /** What waits in this entry, waits now. */
    void add(JoinEntry entry) {
        change(entry, 1);
    }

    /** What waits in this entry, waits no more. */
    void remove(JoinEntry entry) {
        change(entry, -1);
    }

    private void change(JoinEntry entry, int sign) {
        Waiting waits = entry.waiting();
        if (!waits.isNothing()) {
            DeploymentId deployment = entry.origin().deployment();
            long endMs = stepEndMs(entry);
            Counter counter = counter(deployment, endMs);
            counter.inferences += sign * waits.inferences();
            counter.truths += sign * waits.truths();
            changed(deployment, endMs, counter);
        }
    }

    /** The last millisecond of the step of time in which an entry's deadline lies. */
    static long stepEndMs(JoinEntry entry) {
        long stepMs = Long.highestOneBit(Math.max(1, entry.origin().keepMs() / STEPS));
        // Powers of two: a division for every record would cost more than all else here.
        long start = entry.deadlineMs() & -stepMs;
        return start > Long.MAX_VALUE - stepMs ? Long.MAX_VALUE : start + stepMs - 1;
    }

    private @Nullable Counter find(DeploymentId deployment, long endMs) {
        Steps its = find(deployment);
        return its == null ? null : its.find(endMs);
    }

    private @Nullable Steps find(DeploymentId deployment) {
        if (last == null || !deployment.equals(lastDeployment)) {
            last = steps.get(deployment);
            lastDeployment = deployment;
        }
        return last;
    }

    private Counter counter(DeploymentId deployment, long endMs) {
        Steps its = find(deployment);
        if (its == null) {
            its = new Steps();
            steps.put(deployment, its);
            last = its;
        }
        return its.of(endMs);
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
                .anyMatch(its -> !its.getValue().byEnd.isEmpty()
                        && its.getValue().byEnd.firstKey()
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
            its.take(overBeforeMs.applyAsLong(deployment.customer())).forEach((endMs, counter) -> {
                Ledger ledger = Joiner.expired(new Waiting(counter.inferences, counter.truths));
                if (!ledger.isEmpty()) {
                    expired.computeIfAbsent(deployment, any -> new Ledger()).add(ledger);
                }
                changed(deployment, endMs, counter);
            });
        });
        steps.values().removeIf(its -> its.byEnd.isEmpty());
        last = null;
        return expired;
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** Tells the steps that changed since the last call, and what waits in them now. */
    void takeChanged(BiConsumer<Step, Waiting> taker) {
        for (Step step : changed) {
            Counter counter = find(step.deployment(), step.endMs());
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
        steps.forEach((deployment, its) -> its.byEnd.forEach((endMs, counter) -> changed(deployment, endMs, counter)));
    }
}
