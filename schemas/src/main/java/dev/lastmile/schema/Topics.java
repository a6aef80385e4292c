package dev.lastmile.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * How topics are named: {@code lastmile.<customer>.<entity>.v<N>}. The customer is proven by the topic a record came from,
 * because access rights are given by prefix, {@code lastmile.<customer>.} with the dot at the end. N is the generation of
 * the contract: it changes only when records can no longer be read across it, which the rules of evolution forbid.
 */
@NullMarked
public final class Topics {

    private static final String CUSTOMER = "[a-z0-9-]{1,32}";
    private static final Pattern CUSTOMER_PATTERN = Pattern.compile(CUSTOMER);

    /** All customers' inferences. */
    public static final Pattern ALL_INFERENCES = everyCustomers("inferences");

    /** All customers' ground truths. */
    public static final Pattern ALL_GROUND_TRUTHS = everyCustomers("ground-truth");

    private static final Pattern ANY =
            everyCustomers("(?:inferences|ground-truth|slice-statistics|alerts|dead-letters)");

    private Topics() {}

    /** Where a customer sends {@link InferenceEvent}s, keyed by inference id. */
    public static String inferences(String customer) {
        return name(customer, "inferences");
    }

    /** Where a customer sends {@link GroundTruthEvent}s, keyed by inference id. */
    public static String groundTruth(String customer) {
        return name(customer, "ground-truth");
    }

    /** Where Lastmile publishes {@link SliceStatisticsEvent}s; compacted. */
    public static String sliceStatistics(String customer) {
        return name(customer, "slice-statistics");
    }

    /** Where Lastmile publishes {@link AlertEvent}s, keyed by alert id; compacted. */
    public static String alerts(String customer) {
        return name(customer, "alerts");
    }

    /** Where Lastmile puts {@link DeadLetterEvent}s. */
    public static String deadLetters(String customer) {
        return name(customer, "dead-letters");
    }

    /** The registry's subject of a topic's values: the Confluent serializer's default naming. */
    public static String valueSubject(String topic) {
        return topic + "-value";
    }

    /** Whose topic this is; empty if the name is not one that this class makes. */
    public static Optional<String> customerOf(String topic) {
        Matcher matcher = ANY.matcher(topic);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether the text can be a customer's id: {@code [a-z0-9-]{1,32}}. */
    public static boolean isCustomer(String text) {
        return CUSTOMER_PATTERN.matcher(text).matches();
    }

    private static String name(String customer, String entity) {
        if (!isCustomer(customer)) {
            throw new IllegalArgumentException("customer must match " + CUSTOMER);
        }
        return "lastmile." + customer + "." + entity + ".v1";
    }

    private static Pattern everyCustomers(String entity) {
        return Pattern.compile("lastmile\\.(" + CUSTOMER + ")\\." + entity + "\\.v1");
    }
}
