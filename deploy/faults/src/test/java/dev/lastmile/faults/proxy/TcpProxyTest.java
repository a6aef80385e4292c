package dev.lastmile.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers each frame with its correlation number. */
class TcpProxyTest {

    private static final short HEARTBEAT = 12;
    private static final short END_TXN = 26;

    private final ServerSocket echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final TcpProxy proxy = TcpProxy.before(echo.getLocalPort());
    private final List<Integer> received = new ArrayList<>();

    TcpProxyTest() throws IOException {
        Thread server = new Thread(this::serve);
        server.setDaemon(true);
        server.start();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try (Socket socket = echo.accept();
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
                while (true) {
                    byte[] frame = in.readNBytes(in.readInt());
                    int correlation = java.nio.ByteBuffer.wrap(frame).getInt(4);
                    synchronized (received) {
                        received.add(correlation);
                    }
                    out.writeInt(4);
                    out.writeInt(correlation);
                }
            } catch (IOException e) {
                // The next connection.
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(1_000);
        return socket;
    }

    private static void send(Socket socket, short key, int correlation) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(8);
        out.writeShort(key);
        out.writeShort(1);
        out.writeInt(correlation);
        out.flush();
    }

    private static void send(Socket socket, short key, int correlation, String client) throws IOException {
        byte[] name = client.getBytes(StandardCharsets.UTF_8);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(10 + name.length);
        out.writeShort(key);
        out.writeShort(1);
        out.writeInt(correlation);
        out.writeShort(name.length);
        out.write(name);
        out.flush();
    }

    /** The correlation number of the response, or -1 where the connection ends, or -2 where none comes. */
    private static int answer(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return in.readInt() == 4 ? in.readInt() : -1;
        } catch (java.net.SocketTimeoutException e) {
            return -2;
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void whatNobodyPlannedIsPassedOn() throws IOException {
        try (Socket socket = connected()) {
            for (int i = 0; i < 100; i++) {
                send(socket, END_TXN, i);
                assertThat(answer(socket)).isEqualTo(i);
            }
        }
        assertThat(proxy.hits()).isZero();
    }

    @Test
    void aResponseIsCutOnceAndOnlyThatOfItsKind() throws IOException {
        proxy.plan(ApiKey.END_TXN, new Interference.CutResponse(), 1);
        try (Socket socket = connected()) {
            send(socket, HEARTBEAT, 1);
            assertThat(answer(socket)).isEqualTo(1);
            send(socket, END_TXN, 2);
            assertThat(answer(socket)).isEqualTo(-1);
        }
        assertThat(proxy.hits()).isEqualTo(1);
        synchronized (received) {
            assertThat(received).as("the request went through").containsExactly(1, 2);
        }
        try (Socket socket = connected()) {
            send(socket, END_TXN, 3);
            assertThat(answer(socket)).isEqualTo(3);
        }
    }

    @Test
    void onlyWhatIsPlannedForAClientHappensToIt() throws IOException {
        proxy.plan(ApiKey.END_TXN, "monitor-", new Interference.CutResponse(), 1);
        try (Socket socket = connected()) {
            send(socket, END_TXN, 1, "traffic");
            assertThat(answer(socket)).isEqualTo(1);
            send(socket, END_TXN, 2);
            assertThat(answer(socket)).as("of one without a name").isEqualTo(2);
            assertThat(proxy.hits()).isZero();
            send(socket, END_TXN, 3, "monitor-1");
            assertThat(answer(socket)).isEqualTo(-1);
        }
        assertThat(proxy.hits()).isEqualTo(1);
    }

    @Test
    void aRequestIsCutBeforeTheBrokerSeesIt() throws IOException {
        proxy.plan(ApiKey.END_TXN, new Interference.CutRequest(), 1);
        try (Socket socket = connected()) {
            send(socket, END_TXN, 2);
            assertThat(answer(socket)).isEqualTo(-1);
        }
        synchronized (received) {
            assertThat(received).isEmpty();
        }
    }

    @Test
    void aResponseIsSwallowedWhileTheConnectionStays() throws IOException {
        proxy.plan(ApiKey.END_TXN, new Interference.SwallowResponse(), 1);
        try (Socket socket = connected()) {
            send(socket, END_TXN, 2);
            assertThat(answer(socket)).isEqualTo(-2);
            send(socket, HEARTBEAT, 3);
            assertThat(answer(socket)).isEqualTo(3);
        }
    }

    @Test
    void aResponseIsDelayed() throws IOException {
        proxy.plan(ApiKey.END_TXN, new Interference.Delay(Duration.ofMillis(300)), 1);
        try (Socket socket = connected()) {
            long before = System.nanoTime();
            send(socket, END_TXN, 2);
            assertThat(answer(socket)).isEqualTo(2);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void silentItTakesConnectionsAndRequestsUntilItResetsThem() throws IOException {
        try (Socket before = connected()) {
            send(before, HEARTBEAT, 1);
            assertThat(answer(before)).isEqualTo(1);

            proxy.fallSilent();

            try (Socket during = connected()) {
                send(before, HEARTBEAT, 2);
                send(during, HEARTBEAT, 3);
                assertThat(answer(before)).isEqualTo(-2);
                assertThat(answer(during)).isEqualTo(-2);
                assertThat(proxy.unanswered()).isEqualTo(2);
                synchronized (received) {
                    assertThat(received).containsExactly(1);
                }

                proxy.reset();

                for (Socket socket : List.of(before, during)) {
                    assertThatThrownBy(() -> socket.getInputStream().read())
                            .isInstanceOf(SocketException.class)
                            .hasMessage("Connection reset");
                }
            }
        }
        try (Socket after = connected()) {
            send(after, HEARTBEAT, 4);
            assertThat(answer(after)).isEqualTo(4);
        }
    }

    @Test
    void partedNobodyGetsThroughAndJoinedAllDo() throws IOException {
        try (Socket socket = connected()) {
            send(socket, HEARTBEAT, 1);
            assertThat(answer(socket)).isEqualTo(1);

            proxy.part();

            assertThat(answer(socket)).isEqualTo(-1);
        }
        try (Socket refused = connected()) {
            send(refused, HEARTBEAT, 2);
            assertThat(answer(refused)).isEqualTo(-1);
        } catch (SocketException e) {
            // Closed already while sending.
        }
        proxy.join();
        try (Socket socket = connected()) {
            send(socket, HEARTBEAT, 3);
            assertThat(answer(socket)).isEqualTo(3);
        }
    }
}
