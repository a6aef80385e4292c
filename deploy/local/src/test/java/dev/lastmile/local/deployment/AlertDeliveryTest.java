package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.local.deployment.Recorder.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From the monitor's metrics through a real Prometheus with the checked-in rules to two receivers, of which one is a real Alertmanager and
 * the other keeps what it is sent and fails as it is told to. None of the alerts is lost, each keeps its labels, and its end comes too.
 *
 * <p>Time is scaled: Prometheus looks and sends again each second instead of every quarter of a minute and every minute, and waits two
 * seconds for an answer instead of ten. So {@value #AWAY_SECONDS} seconds without a receiver are as many attempts in vain as a quarter of
 * an hour. That is also for how long Prometheus tells the end of an alert, which cannot be set: of an alert that ended longer ago than
 * that, a receiver that was away all the time does not hear.
 */
@Tag("long")
class AlertDeliveryTest {

    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(40);
    private static final long AWAY_SECONDS = 15;

    private final Path folder;
    private AlertingMonitor monitor;
    private Recorder pager;
    private Recorder second;
    private Alertmanager alertmanager;
    private Prometheus prometheus;
    private Tool program;
    private String address;

    AlertDeliveryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void start() throws IOException {
        program = Tool.orSkip("prometheus-alertmanager", "prometheus-alertmanager");
        Tool scraper = Tool.orSkip("prometheus", "prometheus");
        address = Server.freeAddress();
        monitor = new AlertingMonitor();
        pager = Recorder.start();
        second = Recorder.start();
        Files.createDirectories(folder.resolve("alertmanager"));
        Files.createDirectories(folder.resolve("prometheus"));
        alertmanager = startAlertmanager();
        prometheus = Prometheus.alerting(
                scraper, monitor.address(), List.of(address, second.address()), folder.resolve("prometheus"));
    }

    private Alertmanager startAlertmanager() throws IOException {
        return Alertmanager.start(program, folder.resolve("alertmanager"), address, pager.address());
    }

    @AfterEach
    void stop() {
        for (AutoCloseable part : Stream.<AutoCloseable>of(prometheus, alertmanager, second, pager, monitor)
                .filter(Objects::nonNull)
                .toList()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW", "HANGING", "REFUSES", "BROKEN", "ABSENT"})
    void oneOfTwoInTroubleGetsEverythingOnceItIsWellAndTheOtherOneIsNotHeldUp(Manner trouble) throws Exception {
        second.be(trouble);

        monitor.fire("scottish");

        awaitPaged("scottish", "firing");
        if (trouble != Manner.SLOW) {
            // Otherwise nothing was in trouble.
            await().atMost(DELIVERED_WITHIN).until(() -> errorsOf(second.address()) > 0);
            assertThat(told("scottish")).isEmpty();
        }
        second.be(Manner.ACCEPTS);
        await().atMost(DELIVERED_WITHIN).until(() -> told("scottish").anyMatch(Told::fires));
        monitor.end("scottish");
        awaitPaged("scottish", "resolved");
        await().atMost(DELIVERED_WITHIN).until(() -> told("scottish").anyMatch(Told::ended));
        assertThat(told("scottish").map(Told::labels).distinct())
                .as("one identity")
                .hasSize(1);
        assertThat(told("scottish").map(Told::startsAt).distinct()).hasSize(1);
    }

    @Test
    void whatFiredWhileBothWereAwayForLongComesToBothWithItsEnd() throws Exception {
        alertmanager.close();
        second.be(Manner.ABSENT);

        monitor.fire("welsh");
        monitor.fire("irish");
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);

        assertThat(errorsOf(address)).isPositive();
        assertThat(errorsOf(second.address())).isPositive();
        alertmanager = startAlertmanager();
        second.be(Manner.ACCEPTS);
        for (String id : List.of("welsh", "irish")) {
            awaitPaged(id, "firing");
            await().atMost(DELIVERED_WITHIN).until(() -> told(id).anyMatch(Told::fires));
        }
        monitor.end("welsh");
        awaitPaged("welsh", "resolved");
        await().atMost(DELIVERED_WITHIN).until(() -> told("welsh").anyMatch(Told::ended));
        assertThat(told("irish")).allMatch(Told::fires);
    }

    @Test
    void anEndThatComesWhileAReceiverIsAwayIsToldWhenItIsBack() throws Exception {
        monitor.fire("cornish");
        awaitPaged("cornish", "firing");
        await().atMost(DELIVERED_WITHIN).until(() -> told("cornish").findAny().isPresent());
        second.be(Manner.ABSENT);

        monitor.end("cornish");
        awaitPaged("cornish", "resolved");
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);

        assertThat(told("cornish")).allMatch(Told::fires);
        second.be(Manner.ACCEPTS);
        await().atMost(DELIVERED_WITHIN).until(() -> told("cornish").anyMatch(Told::ended));
    }

    private void awaitPaged(String id, String status) {
        await().atMost(DELIVERED_WITHIN).until(() -> pager.accepted().stream()
                .flatMap(page -> elements(page.body().path("alerts")))
                .anyMatch(alert ->
                        isOf(id, alert) && alert.path("status").asText().equals(status)));
    }

    /**
     * What the second receiver has accepted of an alert.
     *
     * @param fires or has ended; one that fires is given an end in the future, for the case that nothing more is heard of it
     */
    private record Told(JsonNode labels, String startsAt, boolean fires) {

        static Told of(JsonNode alert, Instant at) {
            Instant end = Instant.parse(alert.path("endsAt").asText());
            return new Told(alert.path("labels"), alert.path("startsAt").asText(), end.isAfter(at));
        }

        boolean ended() {
            return !fires;
        }
    }

    private Stream<Told> told(String id) {
        return second.accepted().stream().flatMap(accepted -> elements(accepted.body())
                .filter(alert -> isOf(id, alert))
                .map(alert -> Told.of(alert, accepted.at())));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean isOf(String id, JsonNode alert) {
        return alert.path("labels").path("alert_id").asText().equals(id);
    }

    private double errorsOf(String receiver) {
        return prometheus.value(
                "sum(prometheus_notifications_errors_total{alertmanager=\"http://" + receiver + "/api/v2/alerts\"})");
    }
}
