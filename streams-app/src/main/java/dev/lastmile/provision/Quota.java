package dev.lastmile.provision;

/**
 * How much a customer may ask of each broker. Who asks for more is slowed down by the broker; nothing is refused.
 *
 * <p>The defaults let a customer send some ten thousand events a second, far more than most have, and keep a broker of the usual
 * eight request and three network threads (1,100 percent) free for twenty customers that all ask for all they may.
 */
public enum Quota {
    /** Bytes a second that may be sent. */
    PRODUCER_BYTES("producer_byte_rate", 4 << 20),

    /** Bytes a second that may be read. */
    CONSUMER_BYTES("consumer_byte_rate", 4 << 20),

    /** Time of the broker's request and network threads, percent of one thread. */
    REQUEST_PERCENT("request_percentage", 50);

    private final String key;
    private final double standard;

    Quota(String key, double standard) {
        this.key = key;
        this.standard = standard;
    }

    /** As Kafka names it. */
    public String key() {
        return key;
    }

    /** What a customer gets for whom nothing else was said. */
    public double standard() {
        return standard;
    }
}
