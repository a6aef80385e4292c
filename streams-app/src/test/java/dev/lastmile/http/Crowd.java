package dev.lastmile.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that hold connections: each says a little now and then, takes a byte now and then, and comes again when it is cut off. */
final class Crowd implements AutoCloseable {

    private static final long EVERY_MS = 200;

    private final InetSocketAddress address;
    private final List<Member> members = new ArrayList<>();
    private final AtomicLong cut = new AtomicLong();
    private final Thread thread = new Thread(this::behave, "crowd");
    private volatile boolean over;

    /** One of them. */
    private static final class Member {

        private final byte[] atFirst;
        private final byte[] nowAndThen;
        private SocketChannel channel;

        Member(byte[] atFirst, byte[] nowAndThen, SocketChannel channel) {
            this.atFirst = atFirst;
            this.nowAndThen = nowAndThen;
            this.channel = channel;
        }
    }

    private Crowd(InetSocketAddress address) {
        this.address = address;
    }

    static Crowd before(InetSocketAddress address) {
        return new Crowd(address);
    }

    /** So many that say nothing. */
    Crowd idle(int count) throws IOException {
        return with(count, "", "");
    }

    /** So many whose request never ends. */
    Crowd neverEnding(int count) throws IOException {
        return with(count, "GET /metrics HTTP/1.1\r\nHost: x\r\n", "X: y\r\n");
    }

    /** So many that ask, and take their answer byte by byte. */
    Crowd slowReaders(int count, String path) throws IOException {
        return with(count, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n");
    }

    private Crowd with(int count, String atFirst, String nowAndThen) throws IOException {
        for (int number = 0; number < count; number++) {
            byte[] first = atFirst.getBytes(StandardCharsets.US_ASCII);
            members.add(new Member(first, nowAndThen.getBytes(StandardCharsets.US_ASCII), opened(first)));
        }
        return this;
    }

    /** They are there; from now on they behave as they do. */
    Crowd gathered() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** How often one of them was cut off. */
    long cut() {
        return cut.get();
    }

    private SocketChannel opened(byte[] atFirst) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        channel.connect(address);
        channel.configureBlocking(false);
        try {
            channel.write(ByteBuffer.wrap(atFirst));
        } catch (IOException alreadyCut) {
            // It comes again.
        }
        return channel;
    }

    private void behave() {
        try {
            while (!over) {
                for (Member member : members) {
                    if (!isServed(member)) {
                        cut.incrementAndGet();
                        member.channel.close();
                        member.channel = opened(member.atFirst);
                    }
                }
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            }
        } catch (IOException e) {
            // The server was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isServed(Member member) {
        try {
            member.channel.write(ByteBuffer.wrap(member.nowAndThen));
            return member.channel.read(ByteBuffer.allocate(1)) >= 0;
        } catch (IOException cutOff) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Member member : members) {
            member.channel.close();
        }
    }
}
