package dev.lastmile.topology.serde;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the registry can be asked, and the two lines that say when that changed; once a minute at most, since it may be a single
 * id that the registry fails at, among others that it knows. Thread-safe.
 */
final class RegistryState {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryState.class);
    private static final long BETWEEN_LINES_NANOS = Duration.ofMinutes(1).toNanos();

    private boolean isTold;
    private boolean wasEverTold;
    private long toldNanos;

    /** It said something, whatever it was. */
    synchronized void answered() {
        if (isTold) {
            isTold = false;
            LOG.atInfo().log("The schema registry can be asked again");
        }
    }

    /**
     * It could not be asked.
     *
     * @param why no text of the registry's
     */
    synchronized void failed(String topic, int schemaId, String why, long nowNanos) {
        if (!isTold && (!wasEverTold || nowNanos - toldNanos >= BETWEEN_LINES_NANOS)) {
            isTold = true;
            wasEverTold = true;
            toldNanos = nowNanos;
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("schemaId", schemaId)
                    .addKeyValue("why", why)
                    .log("The schema registry cannot be asked: records of schemas that are not known yet wait");
        }
    }
}
