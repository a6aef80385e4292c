package dev.lastmile.local.simulation.traffic;

/** How wrong the inferences of a deployment are, cell by cell. */
public interface Errors {

    /**
     * The scores of a cell.
     *
     * @param cell one combination of values, see {@link SliceSpace}
     * @param points how much higher than it was the mean score shall be, in score units; 0 for as it was
     * @throws UnreachableMean where scores in [0,1] cannot do that
     */
    ScoreDistribution at(int cell, double points);
}
