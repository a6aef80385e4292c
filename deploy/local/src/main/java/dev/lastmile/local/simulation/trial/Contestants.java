package dev.lastmile.local.simulation.trial;

import dev.lastmile.local.simulation.method.Method;
import dev.lastmile.local.simulation.method.Oracle;
import dev.lastmile.local.simulation.method.Tunable;
import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;

/**
 * Who competes on one traffic: methods as they are deployed, each with a knob also at its best setting that keeps the
 * promise, and an oracle for each effect that keeps it too.
 *
 * @param methods in the order of tables
 * @param oracles by the points they know of; none where no oracle takes part
 */
public record Contestants(List<Method> methods, Map<Double, Oracle> oracles) {

    public Contestants {
        methods = List.copyOf(methods);
        oracles = new TreeMap<>(oracles);
    }

    /**
     * Tunes what has a knob.
     *
     * @param methods as they are deployed
     * @param alsoTuned whether those with a knob take part a second time, tuned
     * @param effects for an oracle each, in score units; none for no oracle
     */
    public static Contestants tuned(
            List<Method> methods,
            boolean alsoTuned,
            List<Double> effects,
            Tuning tuning,
            Traffic traffic,
            Pace pace,
            DoubleConsumer progress)
            throws InterruptedException {
        Map<String, Tunable> byKind = new LinkedHashMap<>();
        Map<String, Integer> lastOfKind = new LinkedHashMap<>();
        for (int i = 0; i < methods.size(); i++) {
            if (alsoTuned && methods.get(i) instanceof Tunable tunable) {
                byKind.putIfAbsent(tunable.kind(), tunable);
                lastOfKind.put(tunable.kind(), i);
            }
        }
        List<Tunable> untuned = new ArrayList<>(byKind.values());
        for (double points : effects) {
            untuned.add(Oracle.knowing(traffic, points));
        }
        List<Tunable> tuned = untuned.isEmpty() ? List.of() : tuning.tune(untuned, traffic, pace, progress);
        List<String> kinds = List.copyOf(byKind.keySet());
        List<Method> all = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            all.add(methods.get(i));
            for (int kind = 0; kind < kinds.size(); kind++) {
                if (i == lastOfKind.getOrDefault(kinds.get(kind), -1)) {
                    all.add(tuned.get(kind)
                            .with(kinds.get(kind) + ", tuned", tuned.get(kind).threshold()));
                }
            }
        }
        Map<Double, Oracle> oracles = new TreeMap<>();
        for (int i = 0; i < effects.size(); i++) {
            if (tuned.get(kinds.size() + i) instanceof Oracle oracle) {
                oracles.put(effects.get(i), oracle);
            }
        }
        return new Contestants(all, oracles);
    }

    /** Those for a scenario in which the oracle knows of such an effect; without it where it knows none. */
    public List<Method> knowing(double points) {
        List<Method> all = new ArrayList<>();
        Oracle oracle = oracles.get(points);
        if (oracle != null) {
            all.add(oracle);
        }
        all.addAll(methods);
        return all;
    }
}
