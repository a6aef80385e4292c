package dev.lastmile.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.http.Refusals;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final String OPERATOR = "operator-0123456789-0123456789-01";
    private static final String WARD = "st-marys-0123456789-0123456789-01";
    private static final String STRANGER = "stranger-0123456789-0123456789-01";

    private static final List<String> OF_THE_WARD = List.of(
            "/api/v1/deployments/st-marys/ward%207",
            "/api/v1/deployments/st-marys/ward%207/baseline",
            "/api/v1/deployments/st-marys/ward%207/baseline?form=current");

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpApi api;

    AccessTest() throws IOException {
        Tokens tokens = Tokens.NONE
                .with(OPERATOR, Caller.OPERATOR)
                .with(WARD, Caller.ofCustomer("st-marys"))
                .with(STRANGER, Caller.ofCustomer("st-mary"));
        api = HttpApi.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Publications(new Snapshots(Snapshots.ward())),
                () -> new Readiness(true, false, "RUNNING", "processing"),
                new CollectorRegistry(),
                new Access(tokens, null),
                new Refusals(),
                System::nanoTime);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + api.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private int sizeOf(String path, String token) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path, token).body()).size();
    }

    @Test
    void aCustomerSeesTheirOwnDeploymentsAsAnOperatorDoes() throws Exception {
        for (String path : OF_THE_WARD) {
            assertThat(get(path, WARD).statusCode()).as(path).isEqualTo(200);
            assertThat(get(path, WARD).body())
                    .as(path)
                    .isEqualTo(get(path, OPERATOR).body());
        }
        assertThat(sizeOf("/api/v1/deployments", WARD)).isEqualTo(1);
        assertThat(sizeOf("/api/v1/alerts", WARD)).isEqualTo(2);
    }

    @Test
    void whatIsAnotherCustomersIsNotThere() throws Exception {
        for (String path : OF_THE_WARD) {
            HttpResponse<String> missing = get("/api/v1/deployments/no/such", STRANGER);
            HttpResponse<String> other = get(path, STRANGER);

            assertThat(other.statusCode()).as(path).isEqualTo(404);
            assertThat(other.body()).as(path).isEqualTo(missing.body());
        }
        assertThat(sizeOf("/api/v1/deployments", STRANGER)).isZero();
        assertThat(sizeOf("/api/v1/alerts", STRANGER)).isZero();
    }

    @Test
    void aBrowserAsksItsUser() throws Exception {
        HttpResponse<String> refused = get("/", "nobody");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"lastmile\", charset=\"UTF-8\"");
        assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
}
