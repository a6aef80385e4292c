package dev.lastmile.faults.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A monitor in a process of its own, as in production. It can be started again and again. */
public final class MonitorProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String name;
    private final Path configuration;
    private final URI url;
    private final Path logs;
    private final List<String> options;
    private int starts;
    private Child child;

    private MonitorProcess(String name, Path configuration, URI url, Path logs, List<String> moreOptions)
            throws IOException {
        this.name = name;
        this.configuration = configuration;
        this.url = url;
        this.logs = logs;
        this.options = new ArrayList<>(
                List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        options.addAll(moreOptions);
        this.child = started(Map.of());
    }

    /**
     * Starts one and does not wait for it.
     *
     * @param name for its logs
     * @param configuration file
     * @param url where that says that it serves HTTP
     * @param options for its JVM, beside those that all have
     */
    public static MonitorProcess start(String name, Path configuration, URI url, Path logs, List<String> options)
            throws IOException {
        return new MonitorProcess(name, configuration, url, logs, options);
    }

    private Child started(Map<String, String> environment) throws IOException {
        starts++;
        return Child.start(
                options,
                MonitorProcess.class,
                List.of("run", "--config", configuration.toString()),
                environment,
                logs.resolve(name + "-" + starts + ".log"));
    }

    /** Starts it again; it must have ended. */
    public void startAgain() throws IOException {
        startAgain(Map.of());
    }

    /** The same, with these variables in its environment, this time alone. */
    public void startAgain(Map<String, String> environment) throws IOException {
        if (child.isAlive()) {
            throw new IllegalStateException(name + " runs");
        }
        child = started(environment);
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** Where it says that it serves HTTP. */
    public URI url() {
        return url;
    }

    /** Its process as it is now. */
    public Child child() {
        return child;
    }

    /** Waits until it does its work. */
    public Duration awaitReady(Duration atMost) throws IOException, InterruptedException {
        return Patience.of(atMost).until(name + " is ready", this::isReady, child::isAlive, child::said);
    }

    /** Whether it does its work. */
    public boolean isReady() throws IOException, InterruptedException {
        return ask("health/ready").statusCode() == 200;
    }

    /** What it says of its readiness, whatever it is. */
    public JsonNode readiness() throws IOException, InterruptedException {
        return JSON.readTree(ask("health/ready").body());
    }

    /** Whether it says that it lives, with status 200. */
    public boolean isLive() throws IOException, InterruptedException {
        return json("health/live").path("live").asBoolean();
    }

    /** Why it does no work: empty while it does, and where it is not ready without saying so with status 503. */
    public String reasonNotReady() throws IOException, InterruptedException {
        HttpResponse<String> response = ask("health/ready");
        return response.statusCode() == 503
                ? JSON.readTree(response.body()).path("reason").asText()
                : "";
    }

    /** The value of a metric without labels, from {@code /metrics}. */
    public double metric(String metric) throws IOException, InterruptedException {
        return get("metrics")
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("no metric " + metric));
    }

    /** What it answers to a GET, which must be 200. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path));
    }

    /** The same as text. */
    public String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = ask(path);
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /**
     * All of an answer.
     *
     * @param headers by their names
     */
    public record Whole(int status, Map<String, List<String>> headers, String body) {}

    /** What it answers to a GET, whatever its status. */
    public Whole answer(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = ask(path);
        return new Whole(response.statusCode(), response.headers().map(), response.body());
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(ANSWER_TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        child.close();
    }

    /** Runs the monitor until it is told to end, or whoever started it is gone. */
    public static void main(String[] arguments) {
        Parent.watch();
        dev.lastmile.app.Main.main(arguments);
    }
}
