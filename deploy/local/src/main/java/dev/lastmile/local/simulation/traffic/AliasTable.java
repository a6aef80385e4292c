package dev.lastmile.local.simulation.traffic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Draws one of n outcomes with given weights, at the price of one random number whatever n.
 *
 * <p>Walker's alias method as Vose built it: each outcome keeps part of an equal share and gives the rest of it to another.
 * M. D. Vose, "A linear algorithm for generating random numbers with a given distribution", IEEE TSE 17(9), 1991.
 */
final class AliasTable {

    private final double[] kept;
    private final int[] other;

    /**
     * @param weights all >= 0, not all 0
     */
    AliasTable(double[] weights) {
        int n = weights.length;
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("weights must not all be 0");
        }
        kept = new double[n];
        other = new int[n];
        double[] scaled = new double[n];
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] / total * n;
            (scaled[i] < 1 ? small : large).push(i);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int less = small.pop();
            int more = large.pop();
            kept[less] = scaled[less];
            other[less] = more;
            scaled[more] -= 1 - scaled[less];
            (scaled[more] < 1 ? small : large).push(more);
        }
        // What is left differs from 1 by rounding only, unless its weight is 0.
        large.forEach(i -> kept[i] = 1);
        small.forEach(i -> kept[i] = 1);
    }

    int draw(SplittableRandom random) {
        double at = random.nextDouble() * kept.length;
        int index = (int) at;
        return at - index < kept[index] ? index : other[index];
    }
}
