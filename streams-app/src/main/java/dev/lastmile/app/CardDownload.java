package dev.lastmile.app;

import dev.lastmile.event.DeploymentId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a running monitor for a deployment's baseline. */
final class CardDownload {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final URI monitor;
    private final @Nullable String token;
    private final HttpClient client;

    /**
     * @param monitor where it serves HTTP
     * @param token of an operator or of the deployment's customer; absent where none is asked for
     * @param authority PEM file of who vouches for the monitor; absent where the JDK knows them
     */
    CardDownload(URI monitor, @Nullable String token, @Nullable Path authority) {
        this.monitor = monitor;
        this.token = token;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIME_LIMIT);
        this.client = (authority == null ? builder : builder.sslContext(PemFile.trusting(authority))).build();
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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(monitor.resolve(path)).timeout(TIME_LIMIT);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException("answered " + response.statusCode() + ": " + End.oneLine(response.body()));
        }
        return response.body();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
