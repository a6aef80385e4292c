package dev.lastmile.local.simulation.traffic;

import dev.lastmile.stats.ScoreHistogram;
import java.util.List;
import java.util.Locale;

/**
 * Errors as they were observed: drawing a score is drawing one of the cell's rows, with replacement.
 *
 * <p>A planted effect replaces a score, with the probability that moves the cell's mean as asked, by one that is drawn from
 * the higher scores of the whole deployment; a score than which none is higher becomes 1.
 */
public final class ObservedErrors implements Errors {

    private final List<ScoreHistogram> rows;
    private final ScoreHistogram all = new ScoreHistogram();

    /**
     * @param rows the scores of each cell; none is empty
     */
    public ObservedErrors(List<ScoreHistogram> rows) {
        this.rows = List.copyOf(rows);
        this.rows.forEach(all::add);
    }

    @Override
    public ScoreDistribution at(int cell, double points) {
        double[] was = new double[ScoreHistogram.BINS];
        double[] replaced = new double[ScoreHistogram.BINS];
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            was[bin] = rows.get(cell).get(bin);
        }
        ScoreDistribution before = ScoreDistribution.of(was);
        if (points == 0) {
            return before;
        }
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            addReplacement(replaced, bin, before.probability(bin));
        }
        ScoreDistribution after = ScoreDistribution.of(replaced);
        double most = after.mean() - before.mean();
        if (points < 0 || points > most) {
            throw new UnreachableMean(String.format(
                    Locale.ROOT,
                    "an effect of %.1f points cannot be planted where the rows' mean score is %.3f: at most %.1f points can",
                    100 * points,
                    before.mean(),
                    100 * most));
        }
        double chance = points / most;
        double[] mixed = new double[ScoreHistogram.BINS];
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            mixed[bin] = (1 - chance) * before.probability(bin) + chance * after.probability(bin);
        }
        return ScoreDistribution.of(mixed);
    }

    private void addReplacement(double[] replaced, int bin, double probability) {
        long higher = 0;
        for (int above = bin + 1; above < ScoreHistogram.BINS; above++) {
            higher += all.get(above);
        }
        if (higher == 0) {
            replaced[ScoreHistogram.BINS - 1] += probability;
            return;
        }
        for (int above = bin + 1; above < ScoreHistogram.BINS; above++) {
            replaced[above] += probability * all.get(above) / higher;
        }
    }
}
