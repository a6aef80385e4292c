package dev.lastmile.benchmarks.load;

/**
 * What customers declare about an input.
 *
 * @param name of the attribute
 * @param values how many different ones there are, all as frequent
 */
public record Dimension(String name, int values) {

    public Dimension {
        if (values < 1) {
            throw new IllegalArgumentException("values must be >= 1: " + values);
        }
    }

    /** One of its values as text, from 0. */
    public String value(int number) {
        return name.charAt(0) + Integer.toString(number);
    }
}
