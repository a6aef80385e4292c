package dev.lastmile.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A receiver over HTTP that keeps what it has accepted, wherever it was sent to, and can be told to be a bad one. */
final class Recorder implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SLOW_MS = 1_000;
    private static final long HANGING_SECONDS = 60;

    /** How it meets who comes. */
    enum Manner {
        /** With status 200. */
        ACCEPTS,
        /** With status 200, after a while. */
        SLOW,
        /** It takes the question, and never answers. */
        HANGING,
        /** With status 400. */
        REFUSES,
        /** With status 500. */
        BROKEN,
        /** Nobody listens. */
        ABSENT
    }

    /** One body, and when it came. */
    record Accepted(Instant at, JsonNode body) {}

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "recorder");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
    private final InetSocketAddress address;
    private HttpServer server;
    private boolean listens = true;
    private volatile Manner manner = Manner.ACCEPTS;

    private Recorder(HttpServer server) {
        this.address = server.getAddress();
        this.server = server;
        serve();
    }

    /** One that accepts. */
    static Recorder start() throws IOException {
        return new Recorder(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private void serve() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + address.getPort();
    }

    /** From now on. */
    void be(Manner now) throws IOException {
        manner = now;
        if (now == Manner.ABSENT && listens) {
            server.stop(0);
        } else if (now != Manner.ABSENT && !listens) {
            server = HttpServer.create(address, 0);
            serve();
        }
        listens = now != Manner.ABSENT;
    }

    /** All that it has accepted, in order. */
    List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            switch (manner) {
                case ACCEPTS -> accept(exchange, body);
                case SLOW -> {
                    TimeUnit.MILLISECONDS.sleep(SLOW_MS);
                    accept(exchange, body);
                }
                case HANGING -> TimeUnit.SECONDS.sleep(HANGING_SECONDS);
                case REFUSES -> exchange.sendResponseHeaders(400, -1);
                case BROKEN -> exchange.sendResponseHeaders(500, -1);
                case ABSENT -> {
                    // It came just before.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(HttpExchange exchange, JsonNode body) throws IOException {
        accepted.add(new Accepted(Instant.now(), body));
        exchange.sendResponseHeaders(200, -1);
    }

    @Override
    public void close() {
        if (listens) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
