package dev.lastmile.app;

import dev.lastmile.topology.bundle.OwnTopicMissingException;
import dev.lastmile.topology.bundle.TopicReplacedException;
import dev.lastmile.topology.damage.Damages;
import dev.lastmile.topology.serde.ForeignStateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: a new one takes its place and its work is done again, since nothing of it was
 * committed. When threads keep dying, or a new one would die of the same, the monitor ends and says why: its supervisor
 * can do more than it can itself.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    /** More deaths than this within {@link #WINDOW} are no accident. */
    static final int MOST_DEATHS = 10;

    static final Duration WINDOW = Duration.ofMinutes(10);

    static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(5);

    private static final Pattern OTHER_PARTITIONS =
            Pattern.compile("internal topic (?<topic>\\S+) has invalid partitions:"
                    + " expected: (?<inputs>\\d+); actual: (?<own>\\d+)");

    private static final String CANNOT_MAKE_TOPIC = "Could not create topic ";

    private final Clock clock;
    private final Consumer<End> ended;
    private final Damages damages;
    private final Duration untilTriedAgain;
    private final Deque<Instant> recent = new ArrayDeque<>();
    private final AtomicLong deaths = new AtomicLong();

    /**
     * A handler with no deaths behind it.
     *
     * @param ended told once the monitor cannot go on
     * @param damages which knows a full disk
     */
    ThreadReplacement(Clock clock, Consumer<End> ended, Damages damages) {
        this(clock, ended, damages, TRIED_AGAIN_AFTER);
    }

    ThreadReplacement(Clock clock, Consumer<End> ended, Damages damages, Duration untilTriedAgain) {
        this.clock = clock;
        this.ended = ended;
        this.damages = damages;
        this.untilTriedAgain = untilTriedAgain;
    }

    @Override
    public synchronized StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse handle(Throwable death) {
        deaths.incrementAndGet();
        LOG.atError().setCause(death).log("A stream thread died");
        Throwable refusal = causeIn(death, ThreadReplacement::isRefusal);
        if (refusal != null) {
            return end(new End(End.BAD_CONFIGURATION, lineOf(refusal, death)));
        }
        if (death instanceof VirtualMachineError) {
            return end(new End(
                    End.FAILED,
                    "the process is out of order: " + death.getClass().getName()));
        }
        if (damages.isOfAFullDisk(death)) {
            return afterAWhile();
        }
        Instant now = clock.instant();
        recent.addLast(now);
        while (Duration.between(recent.getFirst(), now).compareTo(WINDOW) >= 0) {
            recent.removeFirst();
        }
        if (recent.size() > MOST_DEATHS) {
            return end(new End(
                    End.FAILED,
                    recent.size() + " stream threads died within " + WINDOW + ", the last of "
                            + death.getClass().getName()));
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** For somebody to make room; nothing is committed meanwhile, and the next thread takes all up again. */
    private StreamThreadExceptionResponse afterAWhile() {
        try {
            Thread.sleep(untilTriedAgain.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private StreamThreadExceptionResponse end(End end) {
        ended.accept(end);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** What the broker will not let this client do, or this release cannot, however often it is tried; topics that are not what they were. */
    private static boolean isRefusal(Throwable cause) {
        return cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof UnsupportedVersionException
                || cause instanceof TopicReplacedException
                || cause instanceof ForeignStateException
                || cause instanceof OwnTopicMissingException
                || otherPartitions(cause).find();
    }

    private static String lineOf(Throwable refusal, Throwable death) {
        String message = End.oneLine(String.valueOf(refusal.getMessage()));
        if (refusal instanceof ForeignStateException) {
            return "state: " + message;
        }
        Matcher partitions = otherPartitions(refusal);
        if (partitions.find()) {
            // Kafka Streams would have its own topics deleted, and with them all that was counted.
            return "kafka: the widest input topic has " + partitions.group("inputs") + " partitions, but "
                    + partitions.group("topic") + " was made for " + partitions.group("own")
                    + ": their number can never be changed";
        }
        if (refusal instanceof TopicReplacedException || refusal instanceof OwnTopicMissingException) {
            return "kafka: " + message;
        }
        // Of a topic that may not be made the broker does not say which; Kafka Streams does.
        Throwable told = causeIn(
                death,
                cause -> cause.getCause() == refusal
                        && String.valueOf(cause.getMessage()).startsWith(CANNOT_MAKE_TOPIC));
        return "kafka: the broker refuses this client: "
                + (told == null ? "" : End.oneLine(String.valueOf(told.getMessage())) + " ") + message;
    }

    /** Kafka Streams has no exception of its own for it. */
    private static Matcher otherPartitions(Throwable cause) {
        return OTHER_PARTITIONS.matcher(cause instanceof StreamsException ? String.valueOf(cause.getMessage()) : "");
    }

    private static @Nullable Throwable causeIn(Throwable death, Predicate<Throwable> isIt) {
        for (Throwable cause = death; cause != null; cause = cause.getCause()) {
            if (isIt.test(cause)) {
                return cause;
            }
        }
        return null;
    }

    /** Threads that died since the start. */
    long deaths() {
        return deaths.get();
    }
}
