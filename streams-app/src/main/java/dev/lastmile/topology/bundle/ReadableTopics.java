package dev.lastmile.topology.bundle;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of the customers' topics may be read; thread-safe. */
public interface ReadableTopics {

    /** All that could ever be. */
    Pattern all();

    /**
     * Those that may be read now. Costs nothing once it is known.
     *
     * @param patience how long to wait until it is
     * @return absent where it is not known yet
     * @throws org.apache.kafka.common.KafkaException if the brokers refuse to say
     */
    @Nullable
    Set<String> now(Duration patience);

    /**
     * The brokers refused to hand out records of these.
     *
     * @return whether the others can be read without them
     */
    boolean refused(Set<String> topics);
}
