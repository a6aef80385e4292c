package dev.lastmile.faults.proxy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands before one broker, and passes on frame by frame: four bytes of length, then as many. Of a request it reads key,
 * correlation number and what the client calls itself, so that it knows the response by that number. Threads: two a connection.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int MOST_FRAME_BYTES = 128 << 20;
    private static final int KEY_AND_CORRELATION_BYTES = 8;
    private static final int CLIENT_LENGTH_BYTES = 2;
    private static final Interference NONE = new Interference.None();

    private final ServerSocket server;
    private final int targetPort;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Plan> plan = new AtomicReference<>(new Plan(ApiKey.PRODUCE, "", NONE, 0));
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile boolean closed;

    /** What is done to the next requests of a kind, of clients whose ids begin so. */
    private record Plan(ApiKey key, String clients, Interference interference, int left) {

        boolean isFor(Request request) {
            return left > 0 && key.number() == request.key() && request.client().startsWith(clients);
        }
    }

    /**
     * What is read of one.
     *
     * @param client its id; empty where it has none
     */
    private record Request(short key, int correlation, String client) {}

    private TcpProxy(ServerSocket server, int targetPort) {
        this.server = server;
        this.targetPort = targetPort;
    }

    /** Before a port of this machine. */
    public static TcpProxy before(int port) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        proxy.spawn("accept", proxy::accept);
        return proxy;
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Does something to the next requests of a kind, once each, whoever sends them; what was planned before is forgotten. */
    public void plan(ApiKey key, Interference interference, int times) {
        plan(key, "", interference, times);
    }

    /**
     * The same, to those of some clients alone.
     *
     * @param clients how their ids begin
     */
    public void plan(ApiKey key, String clients, Interference interference, int times) {
        hits.set(0);
        plan.set(new Plan(key, clients, interference, times));
    }

    /** How often it did what was planned last. */
    public int hits() {
        return hits.get();
    }

    /** Closes all connections, and lets none come until {@link #join}. */
    public void part() {
        refusing = true;
        connections.forEach(Connection::close);
    }

    /** Lets connections come again. */
    public void join() {
        refusing = false;
    }

    /**
     * Takes connections and requests, and passes nothing on, in either direction: what a firewall does that drops a connection,
     * or a machine that hangs. Until {@link #reset}.
     */
    public void fallSilent() {
        unanswered.set(0);
        silent = true;
    }

    /** How many requests came since it fell silent last. */
    public int unanswered() {
        return unanswered.get();
    }

    /** Ends the silence: who was connected is told that nobody knows of it (RST), and may come again. */
    public void reset() {
        silent = false;
        connections.forEach(Connection::reset);
    }

    private Interference next(Request request) {
        Plan before = plan.getAndUpdate(now ->
                now.isFor(request) ? new Plan(now.key(), now.clients(), now.interference(), now.left() - 1) : now);
        if (before.isFor(request)) {
            hits.incrementAndGet();
            return before.interference();
        }
        return NONE;
    }

    private void accept() throws IOException {
        while (!closed) {
            Socket client = server.accept();
            if (refusing) {
                client.close();
                continue;
            }
            try {
                Connection connection =
                        new Connection(client, new Socket(InetAddress.getLoopbackAddress(), targetPort));
                connections.add(connection);
                spawn("requests", connection::passRequests);
                spawn("responses", connection::passResponses);
            } catch (IOException e) {
                // The broker is not there: to the client it looks as if nobody were.
                client.close();
            }
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void spawn(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // A connection ended, which is what this is here for.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        part();
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that does not close", e);
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket broker;

        /** By correlation number, what is to be done to the response. */
        private final Map<Integer, Interference> responses = new ConcurrentHashMap<>();

        private volatile boolean fellSilent;

        Connection(Socket client, Socket broker) throws SocketException {
            this.client = client;
            this.broker = broker;
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
        }

        void passRequests() throws IOException, InterruptedException {
            try (DataInputStream in = new DataInputStream(client.getInputStream());
                    DataOutputStream out = new DataOutputStream(broker.getOutputStream())) {
                while (true) {
                    byte[] frame = read(in);
                    if (isSilent()) {
                        unanswered.incrementAndGet();
                        continue;
                    }
                    if (frame.length >= KEY_AND_CORRELATION_BYTES) {
                        Request request = new Request(shortAt(frame, 0), intAt(frame, 4), clientOf(frame));
                        Interference interference = next(request);
                        if (interference instanceof Interference.CutRequest) {
                            return;
                        }
                        if (!interference.equals(NONE)) {
                            responses.put(request.correlation(), interference);
                        }
                    }
                    write(out, frame);
                }
            } finally {
                close();
            }
        }

        void passResponses() throws IOException, InterruptedException {
            try (DataInputStream in = new DataInputStream(broker.getInputStream());
                    DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
                while (true) {
                    byte[] frame = read(in);
                    if (isSilent()) {
                        continue;
                    }
                    Interference interference = responses.isEmpty() || frame.length < 4
                            ? NONE
                            : responses.getOrDefault(intAt(frame, 0), NONE);
                    if (interference instanceof Interference.CutResponse) {
                        return;
                    }
                    if (interference instanceof Interference.Delay delay) {
                        TimeUnit.MILLISECONDS.sleep(delay.by().toMillis());
                    }
                    if (!(interference instanceof Interference.SwallowResponse)) {
                        write(out, frame);
                    }
                }
            } finally {
                close();
            }
        }

        /** From what it kept back on, it passes nothing on any more, also after the silence: no connection loses what is in its midst. */
        private boolean isSilent() {
            fellSilent |= silent;
            return fellSilent;
        }

        private byte[] read(DataInputStream in) throws IOException {
            int length = in.readInt();
            if (length < 0 || length > MOST_FRAME_BYTES) {
                throw new EOFException("no frame of Kafka's protocol: " + length + " bytes");
            }
            return in.readNBytes(length);
        }

        private void write(DataOutputStream out, byte[] frame) throws IOException {
            byte[] all = new byte[4 + frame.length];
            all[0] = (byte) (frame.length >>> 24);
            all[1] = (byte) (frame.length >>> 16);
            all[2] = (byte) (frame.length >>> 8);
            all[3] = (byte) frame.length;
            System.arraycopy(frame, 0, all, 4, frame.length);
            out.write(all);
            out.flush();
        }

        /** After key, version and correlation number: its length, negative for none, then its bytes. */
        private String clientOf(byte[] frame) {
            int begin = KEY_AND_CORRELATION_BYTES + CLIENT_LENGTH_BYTES;
            int length = frame.length < begin ? 0 : shortAt(frame, KEY_AND_CORRELATION_BYTES);
            return length <= 0 || begin + length > frame.length
                    ? ""
                    : new String(frame, begin, length, StandardCharsets.UTF_8);
        }

        private short shortAt(byte[] bytes, int at) {
            return (short) ((bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF));
        }

        private int intAt(byte[] bytes, int at) {
            return (bytes[at] & 0xFF) << 24
                    | (bytes[at + 1] & 0xFF) << 16
                    | (bytes[at + 2] & 0xFF) << 8
                    | (bytes[at + 3] & 0xFF);
        }

        void reset() {
            try {
                // Closed so, what the other side gets is no orderly end.
                client.setSoLinger(true, 0);
            } catch (SocketException e) {
                // It is closed.
            }
            close();
        }

        void close() {
            connections.remove(this);
            try {
                client.close();
                broker.close();
            } catch (IOException e) {
                // It is gone in any case.
            }
        }
    }
}
