package dev.lastmile.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Beside a client whose requests are refused, and whose bytes are read on, another one's requests are its own. */
class MixedRequestsTest {

    /** Buffers that came back twice mixed one request in some thousands. */
    private static final Duration FOR = Duration.ofSeconds(6);

    private static final int TIMEOUT_MS = 5_000;

    private static final String MINE = "GET /mine HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final String THEIRS = "POST /theirs HTTP/1.1\r\nHost: x\r\n\r\n";

    /** No host, no method, no name of a header, two lengths, more than may be sent; each time with more behind it. */
    private static final String[] REFUSED = {
        "GET /theirs HTTP/1.1\r\n\r\n" + THEIRS.repeat(3),
        "G\u0000T /theirs HTTP/1.1\r\nHost: x\r\n\r\n" + THEIRS.repeat(20),
        "GET /theirs HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n" + THEIRS.repeat(2_000),
        "GET /theirs HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + THEIRS.repeat(500),
        "GET /theirs HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(100_000) + "\r\n\r\n" + THEIRS.repeat(200),
    };

    private static final class Echo implements Handler {

        @Override
        public Optional<Answer> atOnce(Request request) {
            return Optional.of(Answer.text(200, request.method() + " " + request.path()));
        }

        @Override
        public Answer answer(Request request) {
            throw new IllegalStateException("answered at once");
        }
    }

    @Test
    void anotherClientsBytesAreNeverReadAsMine() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        try (BoundedServer server = BoundedServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                Limits.DEFAULT,
                Map.of(),
                new Echo(),
                new Refusals(),
                System::nanoTime)) {
            Thread attacker = new Thread(() -> attack(server.address(), isOver), "attacker");
            attacker.start();
            try {
                long end = System.nanoTime() + FOR.toNanos();
                while (System.nanoTime() < end) {
                    assertThat(exchange(server.address(), MINE))
                            .startsWith("HTTP/1.1 200")
                            .endsWith("GET /mine\n");
                }
            } finally {
                isOver.set(true);
                attacker.join();
            }
        }
    }

    private static void attack(InetSocketAddress address, AtomicBoolean isOver) {
        for (int number = 0; !isOver.get(); number++) {
            try {
                exchange(address, REFUSED[number % REFUSED.length]);
            } catch (IOException e) {
                // Cut off in the midst of it, as it may be.
            }
        }
    }

    private static String exchange(InetSocketAddress address, String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(address, TIMEOUT_MS);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
            } catch (SocketException e) {
                // Answered before all of it was sent.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
