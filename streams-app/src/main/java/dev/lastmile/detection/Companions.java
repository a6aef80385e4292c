package dev.lastmile.detection;

import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Names the slices that are suspect beside the one that fires, by the e-BH procedure: with K slices and e-values
 * e_(1) ≥ e_(2) ≥ …, the k largest are named for the largest k with {@code e_(k) ≥ K/(k·α)}.
 *
 * <p>Here {@code e = K·T} and α = 1: T is evidence over the share 1/K of the budget, so that the alarm, T ≥ 1, is the
 * case k = 1, and the k-th largest needs T ≥ 1/k. T counts in units of the budget: in expectation at most one slice in
 * 100,000 labelled inferences is named wrongly at one look. Not a claim over all looks, and no alarm rests on it: at the
 * exact null e-BH would raise twice as many alarms as T ≥ 1 does.
 *
 * <p>Source: Wang and Ramdas, "False discovery rate control with e-values", arXiv 2009.02824.
 */
final class Companions {

    private Companions() {}

    /**
     * Those that are named beside the one that fires.
     *
     * @param firing evidence of the slice that fires, at least 1
     * @param others evidence of the others
     * @return the strongest first; empty where none is suspect
     */
    static List<Slice> of(double firing, Map<Slice, Double> others) {
        List<Map.Entry<Slice, Double>> ranked = new ArrayList<>(others.entrySet());
        ranked.sort(Map.Entry.<Slice, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        int above = 0;
        while (above < ranked.size() && ranked.get(above).getValue() >= firing) {
            above++;
        }
        int named = 0;
        for (int i = 0; i < ranked.size(); i++) {
            // The one that fires takes its own place in the order.
            int rank = i < above ? i + 1 : i + 2;
            if (ranked.get(i).getValue() >= 1.0 / rank) {
                named = i + 1;
            }
        }
        return ranked.subList(0, named).stream().map(Map.Entry::getKey).toList();
    }
}
