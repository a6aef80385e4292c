package dev.lastmile.local.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One of several values, each as often as its weight says.
 *
 * @param options at least one, with positive weights
 */
record Choice(List<Option> options) {

    /**
     * A value and its weight.
     *
     * @param value the value
     * @param weight how often, relative to the others; positive
     */
    record Option(String value, double weight) {
        Option {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("weight must be > 0: " + weight);
            }
        }
    }

    Choice {
        if (options.isEmpty()) {
            throw new IllegalArgumentException("options must not be empty");
        }
        options = List.copyOf(options);
    }

    static Choice of(Option... options) {
        return new Choice(List.of(options));
    }

    static Option weighted(String value, double weight) {
        return new Option(value, weight);
    }

    /** This choice with one more value that takes the given share of all draws, the others keeping their proportions. */
    Choice withShare(String value, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in (0, 1): " + share);
        }
        List<Option> more = new ArrayList<>(options);
        more.add(new Option(value, total() * share / (1 - share)));
        return new Choice(more);
    }

    String draw(SplittableRandom random) {
        double left = random.nextDouble() * total();
        for (Option option : options) {
            left -= option.weight();
            if (left < 0) {
                return option.value();
            }
        }
        return options.get(options.size() - 1).value();
    }

    private double total() {
        double total = 0;
        for (Option option : options) {
            total += option.weight();
        }
        return total;
    }
}
