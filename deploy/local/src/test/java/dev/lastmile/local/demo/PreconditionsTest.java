package dev.lastmile.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreconditionsTest {

    @Test
    void aTakenPortIsOneLineAndExitCodeTwo() throws Exception {
        StringWriter err = new StringWriter();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = Main.commandLine()
                    .setErr(new PrintWriter(err, true))
                    .execute("demo", "--seconds", "1", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(exitCode).isEqualTo(2);
            assertThat(err.toString().lines())
                    .containsExactly("port " + taken.getLocalPort()
                            + " on 127.0.0.1 is taken: stop what listens there or choose another with --port");
        }
    }

    @Test
    void tooLittleMemoryIsOneLine() {
        assertThatThrownBy(() -> Preconditions.requireHeap(128L << 20))
                .isInstanceOf(CannotRun.class)
                .hasMessage("too little memory: the demo needs a heap of 384 MiB, this JVM may use 128 MiB;"
                        + " start it with java -Xmx384m or on a machine with more");
        assertThatThrownBy(() -> Preconditions.requireAvailable(100L << 20))
                .isInstanceOf(CannotRun.class)
                .hasMessage("too little memory: the demo needs 700 MiB, this machine has 100 MiB left");
    }

    @Test
    void enoughIsEnough() throws Exception {
        Preconditions.requireHeap(Preconditions.LEAST_HEAP_BYTES);
        Preconditions.requireAvailable(Preconditions.LEAST_AVAILABLE_BYTES);
    }

    @Test
    void availableMemoryIsWhatTheKernelSaysOrUnknown(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("meminfo");
        assertThat(Preconditions.availableBytes(file)).isEmpty();

        Files.writeString(file, "MemTotal:       1000 kB\nMemAvailable:    512 kB\n");
        assertThat(Preconditions.availableBytes(file)).hasValue(512L << 10);

        Files.writeString(file, "MemAvailable: plenty\n");
        assertThat(Preconditions.availableBytes(file)).isEmpty();
    }
}
