package dev.lastmile.slice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a deployment's traffic: everything ({@link #OVERALL}), one value of a dimension, or a combination. The order
 * of terms has meaning: {@code noise=imaging,accent=scottish} reads "within noise=imaging, accent=scottish", so its
 * siblings are the other accents in that noise.
 *
 * <p>A value. Slices are looked up for every cell that is counted, so each knows its hash, and its name and parent once asked.
 */
public final class Slice implements Comparable<Slice> {

    /** All traffic of a deployment. */
    public static final Slice OVERALL = new Slice(List.of());

    private static final ParsedSlices PARSED = new ParsedSlices();

    /** The value of a dimension that an inference does not declare. */
    public static final String UNKNOWN = "unknown";

    /** Where values go once a dimension has as many as it may. */
    public static final String OTHER = "__other__";

    /** Where values go that no output may show: control characters, too long, reserved. */
    public static final String INVALID = "__invalid__";

    /**
     * One value of one dimension.
     *
     * @param dimension such as {@code accent}; must not be empty nor hold {@code '='} or {@code ','}
     * @param value such as {@code scottish}; any text but the empty one
     */
    public record Term(String dimension, String value) {
        public Term {
            if (dimension.isEmpty() || dimension.indexOf('=') >= 0 || dimension.indexOf(',') >= 0) {
                throw new IllegalArgumentException("dimension must not be empty nor hold '=' or ','");
            }
            if (value.isEmpty()) {
                throw new IllegalArgumentException("value must not be empty");
            }
        }

        /** {@code accent=scottish}, as people write it. */
        public String plain() {
            return dimension + "=" + value;
        }

        /** {@code accent=scottish}, with {@code % , =} in the value percent-escaped, so that it parses back. */
        @Override
        public String toString() {
            return dimension + "="
                    + value.replace("%", "%25").replace(",", "%2C").replace("=", "%3D");
        }

        private static Term parse(String text) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not dimension=value: " + text);
            }
            String escaped = text.substring(equals + 1);
            String value = escaped.replace("%2C", ",").replace("%3D", "=").replace("%25", "%");
            return new Term(text.substring(0, equals), value);
        }
    }

    private final List<Term> terms;
    private final int hash;

    /** Made when first asked for. Threads that ask at once make equal ones, so that it does not matter whose is kept. */
    private @Nullable String name;

    private @Nullable Slice parent;

    /**
     * @param terms dimension and value, in the order the dimensions were declared in the intersection; a dimension may appear
     *     once, else {@link IllegalArgumentException}
     */
    public Slice(List<Term> terms) {
        this.terms = List.copyOf(terms);
        hash = this.terms.hashCode();
        for (int i = 1; i < terms.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (terms.get(i).dimension().equals(terms.get(j).dimension())) {
                    throw new IllegalArgumentException(
                            "dimension must appear once: " + terms.get(i).dimension());
                }
            }
        }
    }

    /** Dimension and value, in the order the dimensions were declared in the intersection. */
    public List<Term> terms() {
        return terms;
    }

    /** A slice of one dimension. */
    public static Slice of(String dimension, String value) {
        return new Slice(List.of(new Term(dimension, value)));
    }

    /** This slice, narrowed by one more term. */
    public Slice and(String dimension, String value) {
        List<Term> narrowed = new ArrayList<>(terms);
        narrowed.add(new Term(dimension, value));
        return new Slice(narrowed);
    }

    public boolean isOverall() {
        return terms.isEmpty();
    }

    /**
     * What contains this slice and its siblings: all terms but the last. The rest that a slice is compared with is its
     * parent minus itself. {@link #OVERALL} has no parent and throws {@link IllegalStateException}.
     */
    public Slice parent() {
        if (isOverall()) {
            throw new IllegalStateException("the overall slice has no parent");
        }
        Slice known = parent;
        if (known == null) {
            known = terms.size() == 1 ? OVERALL : new Slice(terms.subList(0, terms.size() - 1));
            parent = known;
        }
        return known;
    }

    /** The last term, the one that is compared with its siblings; refused for {@link #OVERALL}. */
    public Term last() {
        if (isOverall()) {
            throw new IllegalStateException("the overall slice has no term");
        }
        return terms.get(terms.size() - 1);
    }

    /** This slice without the term at {@code index}. */
    public Slice without(int index) {
        List<Term> fewer = new ArrayList<>(terms);
        fewer.remove(index);
        return new Slice(fewer);
    }

    /** Dimension to value, in order; empty for {@link #OVERALL}. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (Term term : terms) {
            map.put(term.dimension(), term.value());
        }
        return map;
    }

    /** {@code overall}, or {@code noise=imaging,accent=scottish}: the name on topics, metrics and pages. */
    @Override
    public String toString() {
        String known = name;
        if (known == null) {
            known = terms.isEmpty() ? "overall" : named();
            name = known;
        }
        return known;
    }

    private String named() {
        StringBuilder text = new StringBuilder();
        for (Term term : terms) {
            if (text.length() > 0) {
                text.append(',');
            }
            text.append(term);
        }
        return text.toString();
    }

    /** As people write it, {@code noise=imaging, accent=scottish}: nothing escaped, so it does not parse back. */
    public String plain() {
        return terms.isEmpty() ? "overall" : terms.stream().map(Term::plain).collect(Collectors.joining(", "));
    }

    /** The inverse of {@link #toString()}; throws {@link IllegalArgumentException} for any other text. */
    public static Slice parse(String text) {
        return text.equals("overall") ? OVERALL : PARSED.of(text, Slice::parsed);
    }

    private static Slice parsed(String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            terms.add(Term.parse(part));
        }
        return new Slice(terms);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Slice slice && hash == slice.hash && terms.equals(slice.terms));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Fewer terms first, then by dimension and value. */
    @Override
    @SuppressWarnings("ReferenceEquality") // spares the comparison of names, and changes no answer
    public int compareTo(Slice other) {
        if (this == other) {
            return 0;
        }
        if (terms.size() != other.terms.size()) {
            return Integer.compare(terms.size(), other.terms.size());
        }
        for (int i = 0; i < terms.size(); i++) {
            Term its = terms.get(i);
            Term others = other.terms.get(i);
            if (!its.dimension().equals(others.dimension())) {
                return its.dimension().compareTo(others.dimension());
            }
            int byValue = its.value().compareTo(others.value());
            if (byValue != 0) {
                return byValue;
            }
        }
        return 0;
    }
}
