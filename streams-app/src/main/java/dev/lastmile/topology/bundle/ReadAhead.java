package dev.lastmile.topology.bundle;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * How many bytes were handed out and are not worked off yet, by partition, and which partitions should not be read because of it:
 * Kafka Streams counts records, of which one may have a hundred bytes and another one a million. Mutable; of the one thread
 * that polls and works off.
 *
 * <p>Where all together is more than the limit, those wait that have more of it than an equal share, so that large records of one
 * customer do not hold up small ones of another. What waits has something to be worked off, and so never waits for ever.
 */
final class ReadAhead {

    /** After so many polls that find nothing, and nothing worked off in between, nobody has anything any more. */
    private static final int QUIET_POLLS = 10;

    private final long mostBytes;
    private final Map<TopicPartition, Share> shares = new HashMap<>();
    private long bytes;
    private int quietPolls;

    /** What is ahead of one partition. Mutable. */
    private static final class Share {
        private long bytes;
        private boolean isForgotten;
    }

    /**
     * @param mostBytes of all partitions, one poll on top
     */
    ReadAhead(long mostBytes) {
        if (mostBytes < 1) {
            throw new IllegalArgumentException("mostBytes must be >= 1: " + mostBytes);
        }
        this.mostBytes = mostBytes;
    }

    /**
     * Takes note of what is handed out.
     *
     * @return to be run once, when it is worked off
     */
    Runnable handOut(TopicPartition partition, long itsBytes) {
        Share share = shares.computeIfAbsent(partition, any -> new Share());
        share.bytes += itsBytes;
        bytes += itsBytes;
        quietPolls = 0;
        return () -> workOff(share, itsBytes);
    }

    private void workOff(Share share, long itsBytes) {
        quietPolls = 0;
        if (!share.isForgotten) {
            share.bytes -= itsBytes;
            bytes -= itsBytes;
        }
    }

    /** What was handed out of these is worked off by nobody any more: they were taken away, or are read from elsewhere. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            Share gone = shares.remove(partition);
            if (gone != null) {
                gone.isForgotten = true;
                bytes -= gone.bytes;
            }
        });
    }

    /** A poll found nothing. Should something have been thrown away unseen, it must not count for ever. */
    void foundNothing() {
        quietPolls++;
        if (isOver() && quietPolls >= QUIET_POLLS) {
            forget(List.copyOf(shares.keySet()));
        }
    }

    /** Whether any partition should wait. */
    boolean isOver() {
        return bytes > mostBytes;
    }

    /** The partitions that should not be read now, one at least if {@link #isOver}, each of which has something ahead. */
    Set<TopicPartition> waiting() {
        Set<TopicPartition> waiting = new HashSet<>();
        if (isOver()) {
            long having =
                    shares.values().stream().filter(share -> share.bytes > 0).count();
            shares.forEach((partition, share) -> {
                if (share.bytes > mostBytes / having) {
                    waiting.add(partition);
                }
            });
        }
        return waiting;
    }

    /** All that is ahead. */
    long bytes() {
        return bytes;
    }
}
