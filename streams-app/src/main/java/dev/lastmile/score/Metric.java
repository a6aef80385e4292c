package dev.lastmile.score;

import dev.lastmile.stats.Interval;
import java.util.Locale;

/** What is measured of a deployment; one metric each. All are ratios of errors to trials, smaller is better. */
public enum Metric {
    /** Word edits over reference words. */
    WORD_ERROR_RATE("word error rate"),
    /** Wrong labels over labels. */
    ERROR_RATE("error rate"),
    /** Positive answers over truly negative inputs. */
    FALSE_POSITIVE_RATE("false positive rate"),
    /** Negative answers over truly positive inputs. */
    FALSE_NEGATIVE_RATE("false negative rate"),
    /** Distance of a number from the truth, clipped at a configured scale and divided by it; counted in units of 10⁻⁵. */
    ABSOLUTE_ERROR("absolute error");

    private final String words;
    private final String wireName;

    Metric(String words) {
        this.words = words;
        wireName = name().toLowerCase(Locale.ROOT);
    }

    /** The name in configuration, on topics and on metrics, for example {@code word_error_rate}. */
    public String wireName() {
        return wireName;
    }

    /** The name in a sentence, for example {@code word error rate}. */
    public String words() {
        return words;
    }

    /**
     * How many units of {@code errors} and {@code trials} make one: 1 for counts, 100,000 for {@link #ABSOLUTE_ERROR},
     * whose sums are exact integers too; their squares then stay in a long for 900 million inferences.
     */
    public long unitsPerTrial() {
        return this == ABSOLUTE_ERROR ? 100_000 : 1;
    }

    /** What of an interval this metric can take: a word error rate may pass 1, no other ratio can. */
    public Interval possible(Interval interval) {
        return interval.clampedTo(0, this == WORD_ERROR_RATE ? Double.POSITIVE_INFINITY : 1);
    }

    /** The inverse of {@link #wireName()}; throws {@link IllegalArgumentException} for any other text. */
    public static Metric parse(String wireName) {
        for (Metric metric : values()) {
            if (metric.wireName().equals(wireName)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("unknown metric: " + wireName);
    }
}
