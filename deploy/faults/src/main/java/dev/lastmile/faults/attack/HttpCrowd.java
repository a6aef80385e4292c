package dev.lastmile.faults.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that hold connections to an HTTP server: some say nothing, some never end their request, some take their answer byte by byte.
 * Whoever is cut off comes again.
 */
public final class HttpCrowd implements AutoCloseable {

    private static final long EVERY_MS = 100;

    /** Of those that say nothing, so many are looked after each time: they shall be idle, not a flood of new ones. */
    private static final int IDLE_AT_ONCE = 100;

    private final InetSocketAddress address;
    private final List<Member> idle = new ArrayList<>();
    private final List<Member> slow = new ArrayList<>();
    private final AtomicLong cut = new AtomicLong();
    private final Thread thread = new Thread(this::behave, "http-crowd");
    private int next;
    private volatile boolean over;

    /** One of them. */
    private static final class Member {

        private final byte[] atFirst;
        private final byte[] nowAndThen;
        private SocketChannel channel;

        Member(String atFirst, String nowAndThen, InetSocketAddress address) throws IOException {
            this.atFirst = atFirst.getBytes(StandardCharsets.US_ASCII);
            this.nowAndThen = nowAndThen.getBytes(StandardCharsets.US_ASCII);
            this.channel = open(address);
        }

        private SocketChannel open(InetSocketAddress address) throws IOException {
            SocketChannel opened = SocketChannel.open();
            opened.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            opened.connect(address);
            opened.configureBlocking(false);
            try {
                opened.write(ByteBuffer.wrap(atFirst));
            } catch (IOException alreadyCut) {
                // It is seen when it is looked after.
            }
            return opened;
        }

        /** Whether it had to come again. */
        boolean goesOn(InetSocketAddress address) throws IOException {
            try {
                channel.write(ByteBuffer.wrap(nowAndThen));
                if (channel.read(ByteBuffer.allocate(1)) >= 0) {
                    return false;
                }
            } catch (IOException cutOff) {
                // By a reset.
            }
            channel.close();
            channel = open(address);
            return true;
        }
    }

    private HttpCrowd(InetSocketAddress address) {
        this.address = address;
    }

    /**
     * Gathers them.
     *
     * @param server its address
     * @param idle how many say nothing
     * @param neverEnding how many never end their request
     * @param slowReaders how many take metrics byte by byte
     */
    public static HttpCrowd gather(URI server, int idle, int neverEnding, int slowReaders) throws IOException {
        HttpCrowd crowd = new HttpCrowd(new InetSocketAddress(server.getHost(), server.getPort()));
        String request = "GET /metrics HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n";
        for (int number = 0; number < idle; number++) {
            crowd.idle.add(new Member("", "", crowd.address));
        }
        for (int number = 0; number < neverEnding; number++) {
            crowd.slow.add(new Member(request, "X: y\r\n", crowd.address));
        }
        for (int number = 0; number < slowReaders; number++) {
            crowd.slow.add(new Member(request + "\r\n", "\r\n", crowd.address));
        }
        crowd.thread.setDaemon(true);
        crowd.thread.start();
        return crowd;
    }

    /** How often one of them was cut off. */
    public long cut() {
        return cut.get();
    }

    private void behave() {
        try {
            while (!over) {
                for (Member member : slow) {
                    lookAfter(member);
                }
                for (int count = 0; count < Math.min(IDLE_AT_ONCE, idle.size()); count++) {
                    lookAfter(idle.get(next));
                    next = (next + 1) % idle.size();
                }
                TimeUnit.MILLISECONDS.sleep(EVERY_MS);
            }
        } catch (IOException e) {
            // There is nobody to go to any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAfter(Member member) throws IOException {
        if (member.goesOn(address)) {
            cut.incrementAndGet();
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
        for (List<Member> members : List.of(idle, slow)) {
            for (Member member : members) {
                member.channel.close();
            }
        }
    }
}
