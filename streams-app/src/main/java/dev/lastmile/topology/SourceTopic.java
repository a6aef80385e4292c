package dev.lastmile.topology;

import dev.lastmile.schema.Topics;
import java.util.regex.Pattern;

/**
 * A topic that customers write to, taken apart once.
 *
 * @param name the topic
 * @param customer whose it is
 * @param holdsInferences whether inferences; ground truths otherwise
 */
public record SourceTopic(String name, String customer, boolean holdsInferences) {

    /** All topics that customers write to. */
    static final Pattern ALL = Pattern.compile(Topics.ALL_INFERENCES + "|" + Topics.ALL_GROUND_TRUTHS);

    /** The parts of a topic that matches {@link #ALL}; anything else is refused. */
    public static SourceTopic of(String name) {
        boolean holdsInferences = Topics.ALL_INFERENCES.matcher(name).matches();
        String customer = Topics.customerOf(name).orElseThrow(() -> new IllegalArgumentException("not an input topic"));
        return new SourceTopic(name, customer, holdsInferences);
    }
}
