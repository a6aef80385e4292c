package dev.lastmile.app;

/**
 * The topics the monitor makes.
 *
 * @param replicationFactor copies of each, or -1 for what the broker does by default
 */
public record TopicSettings(short replicationFactor) {

    static final short BROKER_DEFAULT = -1;

    public TopicSettings {
        if (replicationFactor != BROKER_DEFAULT && (replicationFactor < 1 || replicationFactor > 15)) {
            throw new IllegalArgumentException("replicationFactor must be -1 or in [1, 15]: " + replicationFactor);
        }
    }

    static TopicSettings of(Section section) {
        section.only("replicationFactor");
        int factor = section.small("replicationFactor", BROKER_DEFAULT);
        if (factor != (short) factor) {
            throw section.problem("replicationFactor", "must be -1 or in [1, 15]: " + factor);
        }
        return section.built(() -> new TopicSettings((short) factor), "replicationFactor");
    }
}
