package dev.lastmile.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which path answers what. Knows nothing of sockets. */
final class Routes {

    /** When a client may ask again while state is being restored, in seconds. */
    static final int RETRY_AFTER_SECONDS = 2;

    /** The one path that everybody may ask for. */
    static final String LIVENESS = "/health/live";

    private static final String DEPLOYMENTS = "/api/v1/deployments";
    private static final String BASELINE = "/baseline";
    private static final String YAML = "application/yaml; charset=utf-8";

    private final Publications publications;
    private final Supplier<Readiness> readiness;
    private final FreshExposition exposition;
    private final Tokens tokens;
    private final Page page = new Page();

    Routes(Publications publications, Supplier<Readiness> readiness, FreshExposition exposition, Tokens tokens) {
        this.publications = publications;
        this.readiness = readiness;
        this.exposition = exposition;
        this.tokens = tokens;
    }

    /** The answer to a GET. */
    Response answer(Request request) {
        if (request.path().equals(LIVENESS)) {
            return live();
        }
        if (tokens.isEmpty() && !LocalHost.isNamedBy(request.header("Host"))) {
            return Response.text(421, "without tokens only localhost is served");
        }
        return tokens.callerOf(request.header("Authorization"))
                .map(caller -> answer(request.path(), request.query(), caller))
                .orElseGet(() -> Response.text(401, "a token is needed").challenging());
    }

    /** That the process lives. */
    static Response live() {
        return Response.json(200, ApiViews.object().put("live", true));
    }

    private Response answer(String rawPath, @Nullable String rawQuery, Caller caller) {
        if (rawPath.startsWith("/api/")) {
            return api(rawPath, rawQuery, new Sight(publications, caller));
        }
        if (caller.isOperator() && rawPath.equals("/metrics")) {
            return Response.of(200, Exposition.CONTENT_TYPE, exposition.bytes());
        }
        if (caller.isOperator() && rawPath.equals("/health/ready")) {
            return ready(readiness.get());
        }
        return page.file(rawPath).orElseGet(() -> Response.text(404, "not found"));
    }

    private static Response ready(Readiness readiness) {
        ObjectNode node = ApiViews.object()
                .put("ready", readiness.ready())
                .put("restoring", readiness.restoring())
                .put("state", readiness.state())
                .put("reason", readiness.reason());
        return Response.json(readiness.ready() ? 200 : 503, node);
    }

    private Response api(String rawPath, @Nullable String rawQuery, Sight seen) {
        if (readiness.get().restoring()) {
            return error(503, "state is being restored").retryAfter(RETRY_AFTER_SECONDS);
        }
        if (rawPath.equals(DEPLOYMENTS)) {
            return Response.json(200, ApiViews.deployments(seen.all()));
        }
        if (rawPath.equals("/api/v1/alerts")) {
            return Response.json(200, ApiViews.alerts(seen.all()));
        }
        if (rawPath.startsWith(DEPLOYMENTS + "/") && rawPath.endsWith(BASELINE)) {
            return deploymentNamed(rawPath.substring(DEPLOYMENTS.length() + 1, rawPath.length() - BASELINE.length()))
                    .flatMap(seen::find)
                    .map(publication -> baseline(publication, rawQuery))
                    .orElseGet(() -> error(404, "no such deployment"));
        }
        if (rawPath.startsWith(DEPLOYMENTS + "/")) {
            return deploymentNamed(rawPath.substring(DEPLOYMENTS.length() + 1))
                    .flatMap(seen::find)
                    .map(publication -> Response.json(200, ApiViews.deployment(publication)))
                    .orElseGet(() -> error(404, "no such deployment"));
        }
        return error(404, "no such resource");
    }

    private static Response baseline(Publication publication, @Nullable String rawQuery) {
        if (rawQuery != null && !rawQuery.equals("form=current")) {
            return error(400, "the only query here is form=current");
        }
        return (rawQuery == null ? CardView.inForce(publication) : CardView.current(publication))
                .map(yaml -> Response.of(200, YAML, yaml))
                .orElseGet(() -> error(
                        404,
                        rawQuery == null
                                ? "no baseline with enough labelled inferences to be shown is in force"
                                : "too few labelled inferences to be shown"));
    }

    private static Optional<DeploymentId> deploymentNamed(String rawName) {
        String[] parts = rawName.split("/", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DeploymentId(decoded(parts[0]), decoded(parts[1])));
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }

    /** URLDecoder is made for forms, where a plus is a space; in a path it is a plus. */
    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** What a caller sees; what is another customer's is not there. */
    private record Sight(Publications publications, Caller caller) {

        List<Publication> all() {
            return publications.all(caller::sees);
        }

        Optional<Publication> find(DeploymentId deployment) {
            return caller.sees(deployment) ? publications.find(deployment) : Optional.empty();
        }
    }

    private static Response error(int status, String message) {
        return Response.json(status, ApiViews.object().put("error", message));
    }
}
