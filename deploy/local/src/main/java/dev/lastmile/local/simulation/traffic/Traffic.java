package dev.lastmile.local.simulation.traffic;

import dev.lastmile.stats.ScoreHistogram;
import java.util.SplittableRandom;

/**
 * Where labelled inferences come from and how wrong they are, at one time. Immutable, so that all threads share it.
 */
public final class Traffic {

    private final SliceSpace space;
    private final double[] shares;
    private final Errors errors;
    private final double[] points;
    private final ScoreDistribution[] scores;
    private final AliasTable cellTable;
    private final AliasTable[] scoreTables;

    /**
     * Traffic as it was.
     *
     * @param shares of each cell; they need not sum to 1
     */
    public Traffic(SliceSpace space, double[] shares, Errors errors) {
        this(space, shares.clone(), errors, new double[space.cells()]);
    }

    private Traffic(SliceSpace space, double[] shares, Errors errors, double[] points) {
        if (shares.length != space.cells()) {
            throw new IllegalArgumentException("there must be a share for each cell: " + shares.length);
        }
        this.space = space;
        this.shares = shares;
        this.errors = errors;
        this.points = points;
        scores = new ScoreDistribution[space.cells()];
        scoreTables = new AliasTable[space.cells()];
        for (int cell = 0; cell < scores.length; cell++) {
            scores[cell] = errors.at(cell, points[cell]);
            scoreTables[cell] = scores[cell].table();
        }
        cellTable = new AliasTable(shares);
    }

    /**
     * This traffic with a slice worse than it is.
     *
     * @param slice by number; {@link SliceSpace#OVERALL} for everything
     * @param more by how much the mean score of each of its cells rises, in score units
     * @throws UnreachableMean where scores in [0,1] cannot do that
     */
    public Traffic raised(int slice, double more) {
        double[] raised = points.clone();
        for (int cell = 0; cell < raised.length; cell++) {
            if (space.contains(slice, cell)) {
                raised[cell] += more;
            }
        }
        return new Traffic(space, shares, errors, raised);
    }

    /** This traffic with other shares of its cells. */
    public Traffic shared(double[] newShares) {
        return new Traffic(space, newShares.clone(), errors, points);
    }

    /** The slices. */
    public SliceSpace space() {
        return space;
    }

    /** A slice's share of the traffic, 0 to 1. */
    public double share(int slice) {
        double total = 0;
        double its = 0;
        for (int cell = 0; cell < shares.length; cell++) {
            total += shares[cell];
            its += space.contains(slice, cell) ? shares[cell] : 0;
        }
        return its / total;
    }

    /** The scores of a slice's inferences; of all inferences where the slice has none. */
    public ScoreDistribution scores(int slice) {
        int of = share(slice) > 0 ? slice : SliceSpace.OVERALL;
        double[] weights = new double[ScoreHistogram.BINS];
        for (int cell = 0; cell < shares.length; cell++) {
            if (space.contains(of, cell)) {
                for (int bin = 0; bin < weights.length; bin++) {
                    weights[bin] += shares[cell] * scores[cell].probability(bin);
                }
            }
        }
        return ScoreDistribution.of(weights);
    }

    ScoreDistribution scoresOfCell(int cell) {
        return scores[cell];
    }

    int drawCell(SplittableRandom random) {
        return cellTable.draw(random);
    }

    int drawBin(int cell, SplittableRandom random) {
        return scoreTables[cell].draw(random);
    }
}
