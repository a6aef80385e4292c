package dev.lastmile.local.simulation.traffic;

import dev.lastmile.slice.Slicing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shares of the values of each dimension. Dimensions are independent of one another.
 *
 * @param dimensions values and their shares by dimension, in the order of declaration; shares need not sum to 1
 */
public record Population(Map<String, Map<String, Double>> dimensions) {

    /** More combinations of values than this are not simulated. */
    public static final int MAX_CELLS = 50_000;

    /** How much worse the last value of a dimension is than the first: accents differ more than devices do. */
    private static final double[] SPREAD = {0.08, 0.07, 0.03};

    private static final double BEST_MEAN = 0.08;

    public Population {
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        long cells = 1;
        for (Map.Entry<String, Map<String, Double>> dimension : dimensions.entrySet()) {
            copy.put(dimension.getKey(), checked(dimension.getKey(), dimension.getValue()));
            cells = Math.min(Integer.MAX_VALUE, cells * dimension.getValue().size());
        }
        if (cells > MAX_CELLS) {
            throw new IllegalArgumentException(
                    "there are more than " + MAX_CELLS + " combinations of values; give the dimensions fewer");
        }
        dimensions = copy;
    }

    private static Map<String, Double> checked(String dimension, Map<String, Double> shares) {
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("dimension " + dimension + " must have one value or more");
        }
        shares.forEach((value, share) -> {
            if (!(share >= 0) || Double.isInfinite(share)) {
                throw new IllegalArgumentException(
                        "the share of " + dimension + "=" + value + " must be >= 0: " + share);
            }
        });
        if (shares.values().stream().noneMatch(share -> share > 0)) {
            throw new IllegalArgumentException("the shares of " + dimension + " must not all be 0");
        }
        return new LinkedHashMap<>(shares);
    }

    /** Ten accents, four noises, six devices, the accents within each noise: 60 slices of .28 to 50 % of the traffic. */
    public static Population usual() {
        Map<String, Map<String, Double>> dimensions = new LinkedHashMap<>();
        dimensions.put("accent", zipf("a", 10));
        Map<String, Double> noises = new LinkedHashMap<>();
        double[] shares = {0.5, 0.263, 0.155, 0.082};
        for (int i = 0; i < shares.length; i++) {
            noises.put("n" + (i + 1), shares[i]);
        }
        dimensions.put("noise", noises);
        dimensions.put("device", zipf("d", 6));
        return new Population(dimensions);
    }

    /** The slicing of {@link #usual()}. */
    public static Slicing usualSlicing() {
        return new Slicing(List.of("accent", "noise", "device"), List.of(List.of("noise", "accent")));
    }

    /** Values {@code a1, a2, …} with shares in proportion to 1, 1/2, 1/3, … */
    public static Map<String, Double> zipf(String prefix, int values) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int rank = 1; rank <= values; rank++) {
            shares.put(prefix + rank, 1.0 / rank);
        }
        return shares;
    }

    /** This population with a value that it has no inference of yet: the same cells as after it came. */
    public Population awaiting(String dimension, String value) {
        return joinedBy(dimension, value, 0);
    }

    /** This population after a new value took its share, 0 to 1, evenly from the others. */
    public Population joinedBy(String dimension, String value, double share) {
        Map<String, Double> before = dimensions.get(dimension);
        if (before == null || before.containsKey(value) || !(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "a new value needs a known dimension, a name of its own and a share in [0, 1): " + dimension + "="
                            + value + ", " + share);
        }
        double total = before.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> after = new LinkedHashMap<>();
        before.forEach((its, had) -> after.put(its, had / total * (1 - share)));
        after.put(value, share);
        Map<String, Map<String, Double>> joined = new LinkedHashMap<>(dimensions);
        joined.put(dimension, after);
        return new Population(joined);
    }

    /** Every combination of values, in an order that depends on the values alone. */
    public List<List<String>> cells() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of());
        for (Map<String, Double> values : dimensions.values()) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> cell : cells) {
                for (String value : values.keySet()) {
                    List<String> next = new ArrayList<>(cell);
                    next.add(value);
                    longer.add(next);
                }
            }
            cells = longer;
        }
        return cells;
    }

    /** The share of each cell: the product of those of its values. */
    public double[] shares() {
        return perCell((dimension, value) -> 0, true);
    }

    /**
     * The mean score of each cell: dimension by dimension the later values are worse, the first ones least.
     *
     * @param overall the mean of the deployment; 0 for as it comes out, between .08 for the best cell and .26 for the worst
     *     where there are three dimensions
     */
    public double[] means(double overall) {
        double[] means = perCell(Population::worse, false);
        double[] shares = shares();
        double sum = 0;
        double total = 0;
        for (int cell = 0; cell < means.length; cell++) {
            means[cell] += BEST_MEAN;
            sum += shares[cell] * means[cell];
            total += shares[cell];
        }
        for (int cell = 0; cell < means.length && overall > 0; cell++) {
            means[cell] *= overall * total / sum;
        }
        return means;
    }

    /** What a value adds to the mean: by its rank among the values of its dimension. */
    private static double worse(int dimension, double rank) {
        return SPREAD[Math.min(dimension, SPREAD.length - 1)] * rank / Math.max(1, dimension - 1);
    }

    private interface Part {
        double of(int dimension, double rank);
    }

    private double[] perCell(Part part, boolean product) {
        double[] cells = {product ? 1 : 0};
        int index = 0;
        for (Map<String, Double> values : dimensions.values()) {
            double total =
                    values.values().stream().mapToDouble(Double::doubleValue).sum();
            double[] ranks = ranks(values, total);
            double[] longer = new double[cells.length * values.size()];
            int at = 0;
            for (double cell : cells) {
                int value = 0;
                for (double share : values.values()) {
                    longer[at++] = product ? cell * share / total : cell + part.of(index, ranks[value]);
                    value++;
                }
            }
            cells = longer;
            index++;
        }
        return cells;
    }

    /** From 0 for the first value to 1 for the last; one that has no inference yet is as the others are on average. */
    private static double[] ranks(Map<String, Double> values, double total) {
        long known = values.values().stream().filter(share -> share > 0).count();
        double[] ranks = new double[values.size()];
        double average = 0;
        int value = 0;
        int rank = 0;
        for (double share : values.values()) {
            if (share > 0) {
                ranks[value] = known == 1 ? 0 : rank / (known - 1.0);
                average += share / total * ranks[value];
                rank++;
            }
            value++;
        }
        value = 0;
        for (double share : values.values()) {
            if (share == 0) {
                ranks[value] = average;
            }
            value++;
        }
        return ranks;
    }
}
