package dev.lastmile.local.deployment;

import static org.awaitility.Awaitility.await;

import dev.lastmile.local.Main;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The running monitor that Prometheus scrapes and a browser opens in these tests: the demo, in a process of its own. It shows a firing
 * disparate degradation soon after its start and goes on until it is closed.
 */
final class WatchedMonitor implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern PAGE = Pattern.compile("Page: +(http://\\S+/)");

    private final Process demo;
    private final URI page;

    private WatchedMonitor(Process demo, URI page) {
        this.demo = demo;
        this.page = page;
    }

    /**
     * Starts the demo with this JVM's classes and waits until it says where its page is.
     *
     * @param log where its output goes
     */
    static WatchedMonitor start(Path log) throws IOException {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo",
                        "--port",
                        "0",
                        "--seed",
                        "7")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(START_TIMEOUT)
                    .until(() -> !demo.isAlive() || pageIn(log).find());
            Matcher found = pageIn(log);
            if (!found.find()) {
                throw new IllegalStateException("the demo did not start: " + Files.readString(log));
            }
            return new WatchedMonitor(demo, URI.create(found.group(1)));
        } catch (RuntimeException | IOException e) {
            demo.destroyForcibly();
            throw e;
        }
    }

    private static Matcher pageIn(Path log) throws IOException {
        return PAGE.matcher(Files.readString(log));
    }

    /** Host and port of its HTTP server. */
    String address() {
        return page.getAuthority();
    }

    /** Where its page is. */
    URI page() {
        return page;
    }

    /** All alerts, as its HTTP interface gives them. */
    String alerts() throws IOException {
        try (InputStream answer = page.resolve("/api/v1/alerts").toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ends it as Ctrl-C does, and by force if it does not end. */
    @Override
    public void close() {
        demo.destroy();
        try {
            if (!demo.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                demo.destroyForcibly();
            }
        } catch (InterruptedException e) {
            demo.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
