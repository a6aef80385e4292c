package dev.lastmile.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** One client's connection, as far as it got. Guarded by the {@link Clients} it is one of. */
final class Client {

    /** Who has asked, or taken more of an answer, within this time is not slow. */
    private static final Duration NOT_SLOW = Duration.ofMillis(500);

    /** Where it is. */
    enum Phase {
        /** A request, or a handshake before it, is on its way. */
        ASKING,
        /** Nothing is, after an answer. */
        IDLE,
        /** An answer is being made. */
        WAITING,
        /** The answer is on its way. */
        TAKING,
        /** All was said, part of it may be on its way, and what the client still sends is thrown away. */
        LEAVING
    }

    private final EndPoint endPoint;
    private final InetAddress address;
    private Phase phase = Phase.ASKING;
    private long sinceNanos;
    private long movedNanos;
    private long heldBytes;
    private @Nullable Connection requests;
    private long requestBytes;

    Client(EndPoint endPoint, long nowNanos) {
        this.endPoint = endPoint;
        this.address = ((InetSocketAddress) endPoint.getRemoteSocketAddress()).getAddress();
        this.sinceNanos = nowNanos;
        this.movedNanos = nowNanos;
    }

    EndPoint endPoint() {
        return endPoint;
    }

    InetAddress address() {
        return address;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next, long nowNanos) {
        phase = next;
        sinceNanos = nowNanos;
        movedNanos = nowNanos;
        requestBytes = requests == null ? 0 : requests.getBytesIn();
    }

    /** It has asked; the next request's bytes will be counted here. */
    void asked(Connection by, long nowNanos) {
        requests = by;
        enter(Phase.WAITING, nowNanos);
    }

    /** A request that has begun is seen by its bytes alone: nothing is told before its end. */
    void notice(long nowNanos) {
        if (phase == Phase.IDLE && requests != null && requests.getBytesIn() > requestBytes) {
            enter(Phase.ASKING, nowNanos);
        }
    }

    /** How much is held for it: all of its answer, until it has taken the last of it. */
    long heldBytes() {
        return heldBytes;
    }

    void hold(long bytes) {
        heldBytes = bytes;
    }

    void moved(long nowNanos) {
        movedNanos = nowNanos;
    }

    /** Whether it has taken too long. */
    boolean isOverdue(Limits limits, long nowNanos) {
        Duration most =
                switch (phase) {
                    case ASKING -> limits.requestTime();
                    case IDLE -> limits.idleTime();
                    case TAKING, LEAVING -> limits.answerTime();
                    case WAITING -> null;
                };
        return most != null && nowNanos - sinceNanos > most.toNanos();
    }

    /** Whether it goes first where there are too many: by its worth, the oldest of those that are alike. */
    boolean goesBefore(Client other, long nowNanos) {
        int difference = worth(nowNanos) - other.worth(nowNanos);
        return difference < 0 || (difference == 0 && movedNanos - other.movedNanos < 0);
    }

    private int worth(long nowNanos) {
        boolean slow = nowNanos - movedNanos > NOT_SLOW.toNanos();
        return switch (phase) {
            case ASKING -> slow ? 0 : 3;
            case IDLE -> 1;
            case TAKING, LEAVING -> slow ? 2 : 4;
            case WAITING -> 5;
        };
    }

    /** Cuts it off: what was sent and not taken yet is thrown away, by the system too. */
    void abort() {
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException gone) {
                // Then there is nothing to be thrown away.
            }
        }
        endPoint.close(new EOFException("cut off"));
    }
}
