package dev.lastmile.slice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Which slices the inferences of a deployment belong to: all of it, each value of each declared dimension, and declared
 * intersections. Attributes that are not declared are never looked at.
 *
 * <p>An intersection {@code [a, b, c]} also brings its prefixes, {@code [a]} and {@code [a, b]}, because a slice is
 * compared with its siblings: the rest of its parent.
 *
 * @param dimensions declared dimensions, at most {@value #MAX_DIMENSIONS}
 * @param intersections each two or more declared dimensions, outermost first, at most {@value #MAX_INTERSECTIONS}
 */
public record Slicing(List<String> dimensions, List<List<String>> intersections) {

    /** More dimensions than this are a mistake: every one multiplies what is kept. */
    public static final int MAX_DIMENSIONS = 16;

    /** More intersections than this are a mistake too. */
    public static final int MAX_INTERSECTIONS = 32;

    /** A value longer than this, in characters, becomes {@link Slice#INVALID}. */
    public static final int MAX_VALUE_LENGTH = 64;

    /** What our own names start with. */
    private static final String RESERVED = "__";

    private static final Pattern DIMENSION = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    public Slicing {
        if (dimensions.size() > MAX_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "dimensions must be at most " + MAX_DIMENSIONS + ": " + dimensions.size());
        }
        if (intersections.size() > MAX_INTERSECTIONS) {
            throw new IllegalArgumentException(
                    "intersections must be at most " + MAX_INTERSECTIONS + ": " + intersections.size());
        }
        Set<String> seen = new HashSet<>();
        for (String dimension : dimensions) {
            if (!DIMENSION.matcher(dimension).matches()) {
                throw new IllegalArgumentException("dimension must match " + DIMENSION + ": " + dimension);
            }
            if (!seen.add(dimension)) {
                throw new IllegalArgumentException("dimension must be declared once: " + dimension);
            }
        }
        for (List<String> intersection : intersections) {
            if (intersection.size() < 2) {
                throw new IllegalArgumentException("intersection must have two or more dimensions: " + intersection);
            }
            if (new HashSet<>(intersection).size() != intersection.size()) {
                throw new IllegalArgumentException("intersection must name a dimension once: " + intersection);
            }
            for (String dimension : intersection) {
                if (!seen.contains(dimension)) {
                    throw new IllegalArgumentException("intersection names an undeclared dimension: " + dimension);
                }
            }
        }
        dimensions = List.copyOf(dimensions);
        intersections = closedUnderPrefix(intersections);
    }

    private static List<List<String>> closedUnderPrefix(List<List<String>> declared) {
        List<List<String>> closed = new ArrayList<>();
        for (List<String> intersection : declared) {
            for (int length = 2; length <= intersection.size(); length++) {
                List<String> prefix = List.copyOf(intersection.subList(0, length));
                if (!closed.contains(prefix)) {
                    closed.add(prefix);
                }
            }
        }
        return List.copyOf(closed);
    }

    /**
     * The value of every declared dimension, in declaration order; {@link Slice#UNKNOWN} where the inference has none and
     * {@link Slice#INVALID} where no output may show it.
     */
    public List<String> valuesOf(Map<String, String> attributes) {
        return valuesOf(attributes, Slicing::shownValue);
    }

    /**
     * The same, by whoever remembers what {@link #shownValue} says.
     *
     * @param shown of a value that is there
     */
    public List<String> valuesOf(Map<String, String> attributes, UnaryOperator<String> shown) {
        String[] values = new String[dimensions.size()];
        for (int i = 0; i < values.length; i++) {
            String value = attributes.get(dimensions.get(i));
            values[i] = value == null ? Slice.UNKNOWN : shown.apply(value);
        }
        return List.of(values);
    }

    /** Tells two slicings apart, in any process: values of one say nothing about the slices of another. */
    public int fingerprint() {
        return 31 * dimensions.hashCode() + intersections.hashCode();
    }

    /** The name under which a model version is counted: its own, or {@link Slice#INVALID} where no output may show it. */
    public static String shownVersion(String modelVersion) {
        return modelVersion.startsWith(RESERVED) || !isPrintable(modelVersion) ? Slice.INVALID : modelVersion;
    }

    /**
     * The slices of an inference with these values: overall, one a dimension, one an intersection.
     *
     * @param values one a declared dimension, as {@link #valuesOf} gives them
     */
    public List<Slice> slicesOf(List<String> values) {
        List<Slice> slices = new ArrayList<>(1 + dimensions.size() + intersections.size());
        slices.add(Slice.OVERALL);
        for (int i = 0; i < dimensions.size(); i++) {
            slices.add(Slice.of(dimensions.get(i), values.get(i)));
        }
        for (List<String> intersection : intersections) {
            List<Slice.Term> terms = new ArrayList<>(intersection.size());
            for (String dimension : intersection) {
                terms.add(new Slice.Term(dimension, values.get(dimensions.indexOf(dimension))));
            }
            slices.add(new Slice(terms));
        }
        return slices;
    }

    /**
     * The name under which a value is counted: its own, {@link Slice#UNKNOWN} where it is blank, and {@link Slice#INVALID} where
     * no output may show it.
     */
    public static String shownValue(String value) {
        String trimmed = value.strip();
        if (trimmed.isEmpty()) {
            return Slice.UNKNOWN;
        }
        boolean reserved = trimmed.startsWith(RESERVED);
        return reserved || trimmed.length() > MAX_VALUE_LENGTH || !isPrintable(trimmed) ? Slice.INVALID : trimmed;
    }

    /** Letters, marks, digits, punctuation, symbols and plain spaces: nothing that controls or hides. */
    private static boolean isPrintable(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (!isPrintable(codePoint)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(int codePoint) {
        if (codePoint >= ' ' && codePoint <= '~') {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
