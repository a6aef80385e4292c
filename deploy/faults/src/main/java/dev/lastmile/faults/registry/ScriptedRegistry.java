package dev.lastmile.faults.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands before a registry, and passes on what it is asked, until it is told to misbehave. */
public final class ScriptedRegistry implements AutoCloseable {

    private static final long SILENT_SECONDS = 60;
    private static final int ENDLESS_PIECES = 10;
    private static final byte[] PIECE = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI registry;
    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicInteger misled = new AtomicInteger();
    private volatile @Nullable Misbehaviour misbehaviour;

    private ScriptedRegistry(URI registry, HttpServer server, ExecutorService threads) {
        this.registry = registry;
        this.server = server;
        this.threads = threads;
    }

    /** Before the registry of that address. */
    public static ScriptedRegistry before(String url) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "scripted-registry");
            thread.setDaemon(true);
            return thread;
        });
        ScriptedRegistry scripted = new ScriptedRegistry(URI.create(url), server, threads);
        server.setExecutor(threads);
        server.createContext("/", scripted::handle);
        server.start();
        return scripted;
    }

    /** For a client's {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on; absent: it passes on what it is asked. */
    public void misbehave(@Nullable Misbehaviour how) {
        misbehaviour = how;
    }

    /** How many questions were not answered as they should have been. */
    public int misled() {
        return misled.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Misbehaviour how = misbehaviour;
            if (how == null) {
                passOn(exchange);
            } else {
                misled.incrementAndGet();
                mislead(exchange, how);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passOn(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(registry.resolve(exchange.getRequestURI()))
                .header("Content-Type", "application/json")
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()))
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        answer(exchange, response.statusCode(), response.body());
    }

    private static void mislead(HttpExchange exchange, Misbehaviour how) throws IOException, InterruptedException {
        switch (how) {
            case GONE -> {
                // Closed without an answer.
            }
            case SILENT -> TimeUnit.SECONDS.sleep(SILENT_SECONDS);
            case DRIPPING -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                for (int second = 0; second < SILENT_SECONDS; second++) {
                    out.write(' ');
                    out.flush();
                    TimeUnit.SECONDS.sleep(1);
                }
            }
            case PAGE -> answer(exchange, 200, "<html><body>Sign in</body></html>");
            case LOCKED -> answer(exchange, 401, "{\"error_code\": 401, \"message\": \"Unauthorized\"}");
            case BUSY -> answer(exchange, 429, "{\"error_code\": 429, \"message\": \"Too many requests\"}");
            case BROKEN -> answer(exchange, 500, "{\"error_code\": 50001, \"message\": \"Error in the backend\"}");
            case PROXY_LOST -> answer(exchange, 404, "<html><body>Not found</body></html>");
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                out.write("{\"schema\": \"".getBytes(StandardCharsets.UTF_8));
                for (int piece = 0; piece < ENDLESS_PIECES; piece++) {
                    out.write(PIECE);
                }
                out.write("\"}".getBytes(StandardCharsets.UTF_8));
            }
            case POINTS_ELSEWHERE -> {
                // Another name of this machine; whoever follows it gets here again, and is counted again.
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://localhost:" + exchange.getLocalAddress().getPort() + "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
