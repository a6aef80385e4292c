package dev.lastmile.app;

import dev.lastmile.topology.TooManyWaitException;
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
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
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
            return end(new End(
                    End.BAD_CONFIGURATION, whatOf(refusal) + End.oneLine(String.valueOf(refusal.getMessage()))));
        }
        if (death instanceof VirtualMachineError) {
            return end(new End(
                    End.FAILED,
                    "the process is out of order: " + death.getClass().getName()));
        }
        if (damages.isOfAFullDisk(death) || causeIn(death, TooManyWaitException.class::isInstance) != null) {
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

    /** For somebody to make room, or bring the registry back; nothing is committed meanwhile, and the next thread takes all up again. */
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

    private static String whatOf(Throwable refusal) {
        if (refusal instanceof ForeignStateException) {
            return "state: ";
        }
        return refusal instanceof TopicReplacedException ? "kafka: " : "kafka: the broker refuses this client: ";
    }

    /** What the broker will not let this client do, or this release cannot, however often it is tried. */
    private static boolean isRefusal(Throwable cause) {
        return cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof UnsupportedVersionException
                || cause instanceof TopicReplacedException
                || cause instanceof ForeignStateException;
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
