package dev.lastmile.stats;

import java.util.Collection;

/**
 * By how much the variance of a mean is larger because observations come in clusters that hang together, such as the
 * utterances of one speaker: the design effect of cluster sampling.
 *
 * <pre>
 *   deff = Σ_i e_i² / Σ_i q_i,   e_i = Σ_j (y_ij − ȳ),   q_i = Σ_j (y_ij − ȳ)²
 *   se²  = k/(k−1) · Σ_i (e_i² − deff·q_i)² / (Σ_i q_i)²
 * </pre>
 *
 * <p>for k clusters i with observations y_ij and the mean ȳ of all. It is 1 where observations are independent, and with
 * clusters of m and an intraclass correlation ρ it is 1 + (m−1)ρ. Clusters whose means differ for reasons of their own, such
 * as speakers of accents that are recognised unequally well, add to it: too large rather than too small. The standard error
 * is that of a ratio of sums over clusters; with few clusters it says too little.
 *
 * <p>Sources: Kish, "Survey Sampling" (1965), ch. 5.4; the estimate is the ratio of the cluster-robust variance of Liang and
 * Zeger, Biometrika 73 (1986), to that of independent observations.
 *
 * @param clusters k
 * @param estimate deff; 1 where nothing varies
 * @param standardError se; infinite for fewer than two clusters
 */
public record DesignEffect(int clusters, double estimate, double standardError) {

    /** The design effect of clusters, each given by its count, Σy and Σy²; empty ones do not count. */
    public static DesignEffect of(Collection<ScoreMoments> clusters) {
        ScoreMoments all = new ScoreMoments();
        clusters.forEach(all::add);
        int k = (int) clusters.stream().filter(cluster -> cluster.count() > 0).count();
        if (k == 0) {
            return new DesignEffect(0, 1, Double.POSITIVE_INFINITY);
        }
        double mean = all.mean();
        double apart = 0;
        double together = 0;
        for (ScoreMoments cluster : clusters) {
            apart += squares(cluster, mean);
            together += squaredSum(cluster, mean);
        }
        if (apart <= 0) {
            return new DesignEffect(k, 1, Double.POSITIVE_INFINITY);
        }
        double estimate = together / apart;
        double residuals = 0;
        for (ScoreMoments cluster : clusters) {
            double residual = squaredSum(cluster, mean) - estimate * squares(cluster, mean);
            residuals += residual * residual;
        }
        double error = k < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(residuals * k / (k - 1.0)) / apart;
        return new DesignEffect(k, estimate, error);
    }

    /** q_i = n·(variance + (mean of the cluster − ȳ)²). */
    private static double squares(ScoreMoments cluster, double mean) {
        if (cluster.count() == 0) {
            return 0;
        }
        double difference = cluster.mean() - mean;
        return cluster.count() * (cluster.variance() + difference * difference);
    }

    /** e_i². */
    private static double squaredSum(ScoreMoments cluster, double mean) {
        if (cluster.count() == 0) {
            return 0;
        }
        double sum = cluster.count() * (cluster.mean() - mean);
        return sum * sum;
    }
}
