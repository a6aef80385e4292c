package dev.lastmile.app;

import dev.lastmile.event.DeploymentId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a running monitor for a deployment's baseline. */
final class CardDownload {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI monitor;

    CardDownload(URI monitor) {
        this.monitor = monitor;
    }

    /**
     * The card, YAML.
     *
     * @param current all that was labelled so far, not the baseline in force
     * @throws IOException if the monitor cannot be reached, or has none
     */
    String of(DeploymentId deployment, boolean current) throws IOException, InterruptedException {
        String path = "/api/v1/deployments/" + encoded(deployment.customer()) + "/" + encoded(deployment.deployment())
                + "/baseline" + (current ? "?form=current" : "");
        HttpRequest request = HttpRequest.newBuilder(monitor.resolve(path))
                .timeout(TIME_LIMIT)
                .build();
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException("answered " + response.statusCode() + ": " + End.oneLine(response.body()));
        }
        return response.body();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
