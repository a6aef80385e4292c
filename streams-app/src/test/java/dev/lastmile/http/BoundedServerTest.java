package dev.lastmile.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients can hold, with real sockets. */
class BoundedServerTest {

    /** More than the systems' buffers on both sides take, so that the server has to hold the rest. */
    private static final byte[] LARGE = new byte[8 << 20];

    /** Room for the server's files and the JVM's. */
    private static final int OTHER_FILES = 2_000;

    private final Refusals refusals = new Refusals();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        released.countDown();
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    /** Answers at once to one path, later to another, and at length to a third. */
    private final class Answers implements Handler {

        @Override
        public Optional<Answer> atOnce(Request request) {
            return request.path().equals("/live") ? Optional.of(Answer.text(200, "live")) : Optional.empty();
        }

        @Override
        public Answer answer(Request request) {
            return switch (request.path()) {
                case "/large" -> new Answer(200, Map.of(), LARGE);
                case "/late" -> {
                    awaitRelease();
                    yield Answer.text(200, "late");
                }
                case "/broken" -> throw new IllegalStateException("broken");
                default -> Answer.text(200, request.method() + " " + request.path() + " " + request.query());
            };
        }
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Limits limits(int connections, Duration requestTime, Duration answerTime, long unsentBytes) {
        return new Limits(
                connections,
                connections,
                requestTime,
                answerTime,
                Duration.ofSeconds(60),
                4_096,
                16,
                2,
                4,
                unsentBytes);
    }

    private BoundedServer start(Limits limits) throws IOException {
        return start(limits, refusals);
    }

    private BoundedServer start(Limits limits, Refusals counted) throws IOException {
        BoundedServer server = BoundedServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                limits,
                Map.of("X-Always", "yes"),
                new Answers(),
                counted,
                System::nanoTime);
        opened.add(server);
        return server;
    }

    private BoundedServer start() throws IOException {
        return start(limits(64, Duration.ofSeconds(10), Duration.ofSeconds(30), 64 << 20));
    }

    private Crowd crowd(BoundedServer server) {
        Crowd crowd = Crowd.before(server.address());
        opened.add(0, crowd);
        return crowd;
    }

    /** What comes back for these bytes until the server says that it is over. */
    private static String exchange(BoundedServer server, String sent) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String request(String line) {
        return line + "\r\nHost: x\r\n\r\n";
    }

    private static String get(BoundedServer server, String path) throws IOException {
        return exchange(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    /** Until the answer is there: who shares an address with a flood of connections may have to ask again. */
    private static Duration timeOf(BoundedServer server, String path) {
        long started = System.nanoTime();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .ignoreException(SocketException.class)
                .untilAsserted(() -> assertThat(get(server, path)).startsWith("HTTP/1.1 200 "));
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Test
    void anAnswerHasItsLengthAndTheHeadersOfAllAnswers() throws Exception {
        assertThat(get(start(), "/a/b?c=d"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nX-Always: yes\r\n", "\r\nContent-Length: 13\r\n", "\r\nConnection: close\r\n")
                .endsWith("\r\n\r\nGET /a/b c=d\n");
    }

    @Test
    void aConnectionIsKeptAndRequestsThatCameTogetherAreAnsweredInOrder() throws Exception {
        String answers = exchange(
                start(),
                request("GET /1 HTTP/1.1")
                        + request("HEAD /2 HTTP/1.1")
                        + request("GET /live HTTP/1.1")
                        + request("GET /4 HTTP/1.0"));

        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(5);
        assertThat(answers)
                .containsSubsequence("GET /1 null", "live", "GET /4 null")
                .doesNotContain("HEAD /2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/2\r\nHost: x\r\n\r\n",
                "GET / x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GE(T / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\ny: z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n"
            })
    void whatCanBeUnderstoodInTwoWaysOrInNoneIsRefused(String sent) throws Exception {
        assertThat(exchange(start(), sent))
                .matches("(?s)HTTP/1.1 (400|505) .*")
                .contains("\r\nX-Always: yes\r\n", "\r\nConnection: close\r\n");
        assertThat(refusals.of(Refusal.MALFORMED)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 'GET /{} HTTP/1.1'",
        "400, 'GET /{}/%2e%2e/ HTTP/1.1|Host: x'",
        "400, 'GET /{}%2f HTTP/1.1|Host: x'",
        "400, 'GET http://{}/ HTTP/1.1|Host: x'",
        "400, 'GET / HTTP/1.1|Host: {}@x y'",
        "400, 'GET / HTTP/1.1|Host: {}|Host: x'",
        "400, 'GET / HTTP/1.1|Host: x|{} : x'",
        "400, 'POST /{} HTTP/1.1|Host: x|Content-Length: {}'",
        "400, 'POST /{} HTTP/1.1|Host: x|Content-Length: 1|Transfer-Encoding: chunked'",
        "400, 'POST /{} HTTP/1.1|Host: x|Transfer-Encoding: {}'",
        "417, 'GET /{} HTTP/1.1|Host: x|Expect: {}'",
        "505, 'GET /{} HTTP/{}|Host: x'",
        "426, 'PRI /{} HTTP/2.0|Host: x'",
    })
    void whatJettyRefusesRepeatsNothingThatWasAsked(int status, String head) throws Exception {
        String sent = head.replace("{}", "s3cret").replace("|", "\r\n") + "\r\n\r\n";

        assertThat(exchange(start(), sent))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\r\nContent-Type: text/plain; charset=utf-8\r\n", "\r\nConnection: close\r\n")
                .doesNotContain("s3cret", "Jetty", "<");
        assertThat(refusals.of(Refusal.MALFORMED)).isEqualTo(1);
    }

    @Test
    void aBodyIsNotReadAndNeverTakenForTheNextRequest() throws Exception {
        String answer = exchange(
                start(),
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\nGET /live HTTP/1.1\r\nHost: smuggled\r\n\r\n");

        assertThat(answer).contains("POST / null").doesNotContain("live");
    }

    @Test
    void longAndManyHeadersAreRefused() throws Exception {
        BoundedServer server = start();
        String many = "x: y\r\n".repeat(16);

        assertThat(get(server, "/" + "x".repeat(3_900))).startsWith("HTTP/1.1 200 ");
        assertThat(exchange(server, "GET / HTTP/1.1\r\nHost: x\r\n" + many + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(exchange(server, "GET / HTTP/1.1\r\nHost: " + "x".repeat(1 << 20)))
                .startsWith("HTTP/1.1 431 ");
        assertThat(exchange(server, "GET /" + "x".repeat(4_096) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(refusals.of(Refusal.TOO_LARGE)).isEqualTo(3);
    }

    @Test
    void aFaultIsAnAnswerAndTheServerGoesOn() throws Exception {
        BoundedServer server = start();

        assertThat(get(server, "/broken")).startsWith("HTTP/1.1 500 ").contains("internal error");
        assertThat(get(server, "/live")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void moreRequestsThanMayWaitAreToldSoAndLivenessIsAnsweredBeside() throws Exception {
        BoundedServer server = start();
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort());
            opened.add(socket);
            waiting.add(socket);
            socket.getOutputStream().write("GET /late HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        Awaitility.await().until(() -> server.openConnections() == 6);

        Awaitility.await().untilAsserted(() -> assertThat(get(server, "/late")).startsWith("HTTP/1.1 503 "));
        assertThat(get(server, "/live")).startsWith("HTTP/1.1 200 ");

        released.countDown();
        for (Socket socket : waiting) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("late\n");
        }
        assertThat(refusals.of(Refusal.BUSY)).isPositive();
    }

    @Test
    void whoDoesNotFinishAskingIsCutOff() throws Exception {
        BoundedServer server = start(limits(64, Duration.ofMillis(500), Duration.ofSeconds(30), 64 << 20));
        crowd(server).idle(5).neverEnding(5);

        Awaitility.await().until(() -> server.openConnections() == 0);

        assertThat(refusals.of(Refusal.SLOW_REQUEST)).isEqualTo(10);
    }

    @Test
    void whoHadAnAnswerMayBeSilentForLongerButNotAskForLonger() throws Exception {
        BoundedServer server = start(limits(64, Duration.ofMillis(500), Duration.ofSeconds(30), 64 << 20));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort());
            opened.add(socket);
            sockets.add(socket);
            socket.getOutputStream().write(request("GET /live HTTP/1.1").getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        sockets.get(0).getOutputStream().write("GET /live HTTP".getBytes(StandardCharsets.US_ASCII));

        Awaitility.await().until(() -> server.openConnections() == 1);

        assertThat(refusals.of(Refusal.SLOW_REQUEST)).isEqualTo(1);
        sockets.get(1).getOutputStream().write("GET /live HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(sockets.get(1).getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .endsWith("live\n");
    }

    @Test
    void whoReadsByteByByteIsCutOffHoweverSteadily() throws Exception {
        BoundedServer server = start(limits(64, Duration.ofSeconds(10), Duration.ofMillis(700), 256 << 20));
        Crowd crowd = crowd(server).slowReaders(3, "/large").gathered();

        Awaitility.await().until(() -> crowd.cut() >= 3);

        assertThat(refusals.of(Refusal.SLOW_READER)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void answersThatNobodyTakesAreHeldUpToALimitAndTheNextReaderGetsAllOfIts() throws Exception {
        BoundedServer server = start(limits(64, Duration.ofSeconds(10), Duration.ofSeconds(30), 3L * LARGE.length));
        Crowd crowd = crowd(server).slowReaders(10, "/large").gathered();
        Awaitility.await().until(() -> refusals.of(Refusal.CROWDED_OUT) >= 7);

        assertThat(get(server, "/large")).hasSizeGreaterThan(LARGE.length);
        Awaitility.await().until(() -> crowd.cut() > 0);
    }

    @Test
    void oneAddressCannotTakeTheConnectionsOfOthers() throws Exception {
        Limits limits = new Limits(
                20,
                10,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                4_096,
                16,
                2,
                4,
                1 << 20);
        BoundedServer server = start(limits);
        List<SocketChannel> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SocketChannel other = SocketChannel.open();
            opened.add(other);
            others.add(other.bind(new InetSocketAddress("127.0.0.2", 0)));
            other.connect(server.address());
            other.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
        crowd(server).idle(500);

        Awaitility.await().until(() -> refusals.of(Refusal.CROWDED_OUT) == 490);
        for (SocketChannel other : others) {
            other.write(ByteBuffer.wrap("Host: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            InputStream in = other.socket().getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void ofAddressesThatHaveAlikeManyTheSlowestClientGoesWhicheverIsLookedAtFirst() throws Exception {
        int last = 20;
        for (int slowest = 2; slowest <= last; slowest++) {
            Refusals crowdedOut = new Refusals();
            BoundedServer server =
                    start(limits(last - 1, Duration.ofSeconds(10), Duration.ofSeconds(30), 64 << 20), crowdedOut);
            Map<Integer, SocketChannel> byAddress = new TreeMap<>();
            byAddress.put(slowest, asking(server, slowest));
            TimeUnit.MILLISECONDS.sleep(30);
            for (int address = 2; address <= last; address++) {
                if (address != slowest) {
                    byAddress.put(address, asking(server, address));
                }
            }
            Awaitility.await().until(() -> server.openConnections() == last - 1);
            // Nobody is not slow any more.
            TimeUnit.MILLISECONDS.sleep(600);

            asking(server, last + 1);

            Awaitility.await().until(() -> crowdedOut.of(Refusal.CROWDED_OUT) == 1);
            for (Map.Entry<Integer, SocketChannel> one : byAddress.entrySet()) {
                assertThat(isServed(one.getValue()))
                        .as("127.0.0.%s beside the slowest, 127.0.0.%s", one.getKey(), slowest)
                        .isEqualTo(one.getKey() != slowest);
            }
            server.close();
        }
    }

    /** A connection from 127.0.0.{@code address} whose request has begun. */
    private SocketChannel asking(BoundedServer server, int address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        opened.add(0, channel);
        channel.bind(new InetSocketAddress("127.0.0." + address, 0));
        channel.connect(server.address());
        channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    /** Whether the rest of its request is answered. */
    private static boolean isServed(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap("Host: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            InputStream in = channel.socket().getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200 ");
        } catch (IOException cutOff) {
            return false;
        }
    }

    @Test
    void besideTenThousandIdleTwoHundredSlowAndFiftyReadersOfBytesEverybodyElseIsServedAtOnce() throws Exception {
        BoundedServer server = start(Limits.DEFAULT);
        Crowd crowd = crowd(server)
                .idle(idleConnections())
                .neverEnding(200)
                .slowReaders(50, "/large")
                .gathered();
        assertThat(server.openConnections()).isLessThanOrEqualTo(Limits.DEFAULT.connections());

        List<Duration> liveness = new ArrayList<>();
        List<Duration> large = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            liveness.add(timeOf(server, "/live"));
            large.add(timeOf(server, "/large"));
            TimeUnit.MILLISECONDS.sleep(50);
        }

        assertThat(liveness).allSatisfy(time -> assertThat(time).isLessThan(Duration.ofSeconds(1)));
        assertThat(large).allSatisfy(time -> assertThat(time).isLessThan(Duration.ofSeconds(2)));
        assertThat(crowd.cut()).isPositive();
        assertThat(server.openConnections()).isLessThanOrEqualTo(Limits.DEFAULT.connections());
    }

    /** Ten thousand, or what this process may open. */
    private static int idleConnections() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long left = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - OTHER_FILES;
            return (int) Math.max(100, Math.min(10_000, left));
        }
        return 1_000;
    }
}
