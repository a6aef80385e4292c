package dev.lastmile.faults.exactness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.app.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** The monitor in a process of its own, as in production: it can be killed like one. */
final class ChildMonitor implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern URL = Pattern.compile("Lastmile is up url=\"(http://[^\"]+/)\"");
    private static final int USUAL_HEAP_MIB = 512;
    private static final int SIGKILL = 9;
    private static final int DIED_BY_SIGNAL = 128;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;
    private final Path log;
    private final URI url;

    private ChildMonitor(Process process, Path log, URI url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /**
     * Starts one with this JVM's classes and waits until it says where it serves HTTP.
     *
     * @param configuration what it is to do
     * @param log where its output goes
     */
    static ChildMonitor start(Path configuration, Path log) throws IOException {
        return start(configuration, log, USUAL_HEAP_MIB);
    }

    /** The same with another heap. */
    static ChildMonitor start(Path configuration, Path log, int heapMiB) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMiB + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LASTMILE_"));
        Process process = builder.start();
        // It must not outlive a test that is stopped from outside.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-monitor"));
        try {
            Awaitility.await().atMost(START_TIMEOUT).until(() -> !process.isAlive() || url(log).find());
            Matcher found = url(log);
            if (!found.find()) {
                throw new IllegalStateException("did not start: " + Files.readString(log));
            }
            return new ChildMonitor(process, log, URI.create(found.group(1)));
        } catch (RuntimeException | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Matcher url(Path log) throws IOException {
        return URL.matcher(Files.readString(log));
    }

    /**
     * Waits until the condition holds. An answer that it cannot give yet is waited for; if it ends, or time is over, the
     * failure tells what it had to say.
     */
    void await(Duration atMost, Callable<Boolean> condition) throws IOException {
        try {
            Awaitility.await()
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast("the monitor ended", () -> !process.isAlive())
                    .until(condition);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new AssertionError("in vain; the monitor said:\n" + Files.readString(log), e);
        }
    }

    /** Where it serves HTTP. */
    URI url() {
        return url;
    }

    /** What it answers to a GET, which must be 200. */
    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path));
    }

    /**
     * Kills it without a chance to do anything: SIGKILL.
     *
     * @return whether that is what it died of
     */
    boolean kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor() == DIED_BY_SIGNAL + SIGKILL;
    }

    /**
     * Waits until it ends by itself.
     *
     * @return its exit code
     */
    int awaitEnd(Duration atMost) throws IOException, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it goes on; the monitor said:\n" + Files.readString(log));
        }
        return process.exitValue();
    }

    /**
     * Asks it to end: SIGTERM.
     *
     * @return whether it ended within that time
     */
    boolean terminate(Duration within) throws InterruptedException {
        process.destroy();
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops it as a supervisor does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
