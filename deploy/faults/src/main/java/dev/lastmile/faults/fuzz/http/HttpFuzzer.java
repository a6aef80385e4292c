package dev.lastmile.faults.fuzz.http;

import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.app.SnapshotStore;
import dev.lastmile.app.SystemGuards;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.export.Access;
import dev.lastmile.export.ExportLimits;
import dev.lastmile.export.HttpApi;
import dev.lastmile.export.MetricsExporter;
import dev.lastmile.export.Publications;
import dev.lastmile.export.Readiness;
import dev.lastmile.export.StreamsHealth;
import dev.lastmile.faults.fuzz.run.Allowance;
import dev.lastmile.faults.fuzz.run.Damage;
import dev.lastmile.faults.fuzz.run.Finding;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.http.Refusals;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests, whole and broken, over a socket: each is answered with a status of the few that there are, or its connection is closed; nothing
 * of it is told back; and whoever asks properly right after it is answered.
 */
public final class HttpFuzzer implements Fuzzer {

    /** In each request, and in no answer. */
    private static final String CANARY = "canary-5b1d";

    private static final String HEALTHY = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    private static final int ANSWERED_WITHIN_MS = 5_000;
    private static final int MOST_ANSWERED_BYTES = 8 << 20;
    private static final Allowance ALLOWANCE = new Allowance(Duration.ofSeconds(2), 64 << 20);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})[^\r\n]*\r\n");
    private static final Set<Integer> STATUSES =
            Set.of(100, 200, 400, 404, 405, 411, 413, 414, 417, 421, 426, 431, 501, 503, 505);
    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PRI",
            "get",
            "",
            " ",
            "G\u0000T",
            "X".repeat(9_000));
    private static final List<String> PATHS = List.of(
            "/",
            "/metrics",
            "/health/live",
            "/health/ready",
            "/api/v1/deployments",
            "/api/v1/alerts",
            "/api/v1/deployments/st-marys/ward-7",
            "/api/v1/deployments/st-marys/ward-7/baseline",
            "/api/v1/deployments/st-marys/ward-7/baseline?form=current",
            "/api/v1/deployments/%s/%s",
            "/api/v1/deployments/%%2e%%2e/%s",
            "/api/v1/deployments/a%%2Fb/c%%",
            "/api/v1/deployments/a/%%zz",
            "/api/v1/deployments/a/%%ff%%fe",
            "/api/v1/deployments//",
            "/api/v1/deployments/a/b/c/d?%s",
            "/../../etc/passwd",
            "/%%2e%%2e/%%2e%%2e/etc/passwd",
            "/page/../../app/%s",
            "//%s/",
            "http://%s/metrics",
            "http://%s:99999/",
            "mailto:%s",
            "a:b",
            "*",
            "?%s",
            "#%s",
            "",
            "/\u0000%s",
            "/<script>%s</script>",
            "/%s\u202E",
            "/;%s",
            "/\\..\\%s");
    private static final List<String> HEADERS = List.of(
            "Host: %s",
            "Accept-Encoding: gzip",
            "Accept-Encoding: gzip;q=0, %s;q=1",
            "Accept-Encoding: ,;q=,gzip;q=x,,;",
            "Content-Length: 5",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 1\r\nContent-Length: 2",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: %s",
            "Connection: keep-alive",
            "Connection: upgrade\r\nUpgrade: h2c",
            "Expect: 100-continue",
            "Expect: %s",
            "Range: bytes=0-1",
            "Cookie: %s",
            "Authorization: Bearer %s",
            "X-%s: 1",
            " folded: %s",
            ": %s",
            "no colon %s",
            "X: a\u0000b",
            "X: \u202E%s");

    private final HttpApi api;

    /** With an interface of its own, which shows one deployment. */
    public HttpFuzzer() throws IOException {
        SystemGuards.apply();
        SnapshotStore snapshots = new SnapshotStore();
        snapshots.publish(ward());
        CollectorRegistry registry = new CollectorRegistry();
        Publications publications = new Publications(snapshots);
        Refusals refusals = new Refusals();
        new MetricsExporter(publications, () -> StreamsHealth.NOT_STARTED, refusals, ExportLimits.DEFAULT, "fuzz")
                .register(registry);
        api = HttpApi.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                publications,
                () -> new Readiness(true, false, "RUNNING", "processing"),
                registry,
                Access.OPEN,
                refusals,
                System::nanoTime);
    }

    private static DeploymentSnapshot ward() {
        SliceStanding overall = new SliceStanding(
                Slice.OVERALL,
                "v1",
                900,
                800,
                80,
                8_000,
                0,
                0.01,
                new Interval(0.005, 0.02),
                null,
                null,
                60.0,
                null,
                null);
        return new DeploymentSnapshot(
                new DeploymentId("st-marys", "ward-7"),
                Metric.WORD_ERROR_RATE,
                BaselineStanding.NONE,
                List.of(overall),
                List.of(),
                Map.of(),
                List.of(),
                new Ledger(),
                Map.of("BAD_AVRO", 3L),
                0);
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public byte[] input(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int requests = random.nextInt(5) == 0 ? 2 : 1;
        for (int i = 0; i < requests; i++) {
            request(text, random);
        }
        byte[] bytes =
                text.toString().getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return random.nextInt(3) == 0 ? Damage.of(bytes, 0, random) : bytes;
    }

    private static void request(StringBuilder text, SplittableRandom random) {
        String method = METHODS.get(random.nextInt(3) == 0 ? random.nextInt(METHODS.size()) : 0);
        String path = PATHS.get(random.nextInt(PATHS.size())).formatted(CANARY, CANARY);
        if (random.nextInt(30) == 0) {
            path += CANARY.repeat(1 + random.nextInt(20_000));
        }
        String version = random.nextInt(10) == 0
                ? List.of("HTTP/1.0", "HTTP/2", "HTTP/9.9", "", CANARY).get(random.nextInt(5))
                : "HTTP/1.1";
        String end = random.nextInt(12) == 0 ? "\n" : "\r\n";
        text.append(method).append(' ').append(path).append(' ').append(version).append(end);
        if (random.nextBoolean()) {
            // Without it a request is refused before anybody looks at its path.
            text.append("Host: localhost").append(end);
        }
        int headers = random.nextInt(40) == 0 ? random.nextInt(2_000) : random.nextInt(5);
        for (int i = 0; i < headers; i++) {
            text.append(HEADERS.get(random.nextInt(HEADERS.size())).formatted(CANARY))
                    .append(end);
        }
        if (random.nextInt(30) == 0) {
            text.append("X: ").append("y".repeat(random.nextInt(500_000))).append(end);
        }
        text.append(end);
        if (random.nextInt(4) == 0) {
            text.append(List.of("hello", "5\r\nhello\r\n0\r\n\r\n", "fffffffffffffff\r\n", "-1\r\n", CANARY)
                    .get(random.nextInt(5)));
        }
    }

    @Override
    public Allowance allowanceFor(byte[] input) {
        return ALLOWANCE;
    }

    @Override
    public String tryOut(byte[] input) throws IOException, Finding {
        String answer = answerTo(input);
        if (answer.contains(CANARY)) {
            throw new Finding("is told back: " + answer.lines().findFirst().orElse(""));
        }
        String outcome = "closed";
        Matcher status = STATUS.matcher(answer);
        if (!answer.isEmpty()) {
            if (!status.lookingAt()) {
                throw new Finding("is answered with no HTTP: "
                        + answer.lines().findFirst().orElse(""));
            }
            outcome = status.group(1);
            if (!STATUSES.contains(Integer.parseInt(outcome))) {
                throw new Finding("is answered with " + outcome);
            }
        }
        String next = answerTo(HEALTHY.getBytes(StandardCharsets.US_ASCII));
        if (!next.startsWith("HTTP/1.1 200")) {
            throw new Finding("whoever asks after it is answered: "
                    + next.lines().findFirst().orElse("closed"));
        }
        return outcome;
    }

    /** All that comes until the connection is closed, in characters of a byte each. */
    private String answerTo(byte[] request) throws IOException, Finding {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(ANSWERED_WITHIN_MS);
            socket.connect(api.address(), ANSWERED_WITHIN_MS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // Closed before all of it was sent: that is an answer too.
            }
            return new String(read(socket.getInputStream()), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            throw new Finding("is neither answered nor closed within " + ANSWERED_WITHIN_MS + " ms");
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        try {
            return in.readNBytes(MOST_ANSWERED_BYTES);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            // Reset: whoever sends on after it was told to stop never reads the answer.
            return new byte[0];
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
