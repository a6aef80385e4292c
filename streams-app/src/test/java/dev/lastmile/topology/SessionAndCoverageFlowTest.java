package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.labelled;
import static dev.lastmile.topology.Fixtures.was;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.score.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What sessions and missing labels do to alerts, from what customers send to what they are told. Four accents, error rate. */
class SessionAndCoverageFlowTest {

    private static final List<String> ACCENTS = List.of("scottish", "welsh", "indian", "irish");
    private static final String POOR = "indian";
    private static final int SESSION = 5;

    private final Random random = new Random(7);
    private Instant now = NOON;
    private int sent;

    private static MonitorHarness monitor() {
        return new MonitorHarness(Fixtures.policy(Metric.ERROR_RATE, new BaselinePlan.None()));
    }

    /** Sends an inference, five seconds after the one before, and its label if it gets one. */
    private void send(MonitorHarness monitor, String accent, String session, boolean wrong, boolean isLabelled) {
        String id = "i" + sent++;
        InferenceEvent.Builder event = InferenceEvent.newBuilder(
                labelled(id, now, Map.of("accent", accent, "noise", "quiet"), wrong ? "no" : "yes"));
        if (!session.isEmpty()) {
            event.setSessionId(session);
        }
        monitor.send(CUSTOMER, event.build());
        if (isLabelled) {
            monitor.send(CUSTOMER, was(id, now.plusSeconds(1), "yes"));
        }
        now = now.plusSeconds(5);
        if (sent % 40 == 0) {
            monitor.pass(Duration.ofSeconds(1));
        }
    }

    /** Speakers who say five things each, all of them misheard or none. */
    private void sendSpeakers(MonitorHarness monitor, int speakers, boolean areKnown) {
        for (int speaker = 0; speaker < speakers; speaker++) {
            String accent = ACCENTS.get(random.nextInt(ACCENTS.size()));
            boolean wrong = random.nextDouble() < (accent.equals(POOR) ? 0.5 : 0.1);
            for (int i = 0; i < SESSION; i++) {
                send(monitor, accent, areKnown ? "speaker " + speaker : "", wrong, true);
            }
        }
        monitor.publish();
    }

    /** The first record about a disparity of the accent that is understood poorly. */
    private GenericRecord firstDisparity(boolean speakersAreKnown) {
        random.setSeed(7);
        now = NOON;
        try (MonitorHarness monitor = monitor()) {
            sendSpeakers(monitor, 400, speakersAreKnown);
            return monitor.read(Topics.alerts(CUSTOMER)).stream()
                    .map(Map.Entry::getValue)
                    .filter(alert -> alert.get("kind").toString().equals("DISPARITY"))
                    .filter(alert -> alert.get("slice_name").toString().equals("accent=" + POOR))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void inferencesOfOneSessionThatErrAlikeCountLessSoThatItTakesMoreOfThem() {
        GenericRecord known = firstDisparity(true);
        GenericRecord unknown = firstDisparity(false);

        // Five that err alike are worth one; until enough speakers are known, two are taken to be.
        assertThat((Double) known.get("inference_weight")).isBetween(0.15, 0.5);
        assertThat(known.get("message").toString()).contains("inferences of one session hang together");
        assertThat((Double) unknown.get("inference_weight")).isEqualTo(1.0);
        assertThat((Long) known.get("started_at")).isGreaterThan((Long) unknown.get("started_at"));
    }

    @Test
    void sliceWhoseLabelsStopComingIsNewsOfItsCoverage() {
        try (MonitorHarness monitor = monitor()) {
            for (int i = 0; i < 5_760; i++) { // eight hours, seven of which it takes to know what is usual
                send(monitor, ACCENTS.get(i % 4), "", i % 13 == 0, true);
            }
            Instant stopped = now;
            for (int i = 0; i < 1_460; i++) {
                send(monitor, ACCENTS.get(i % 4), "", i % 13 == 0, i % 4 != 1);
            }
            monitor.publish();

            List<GenericRecord> alerts = monitor.read(Topics.alerts(CUSTOMER)).stream()
                    .map(Map.Entry::getValue)
                    .toList();
            assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
                assertThat(alert.get("kind")).hasToString("LABEL_COVERAGE");
                assertThat(alert.get("slice_name").toString()).contains("accent=welsh");
            });
            GenericRecord alert = alerts.get(0);
            assertThat(alert.get("state")).hasToString("FIRING");
            assertThat((Long) alert.get("window_start")).isEqualTo(stopped.toEpochMilli());
            assertThat((Double) alert.get("coverage_at_baseline")).isCloseTo(1.0, within(1e-9));
            assertThat((Double) alert.get("coverage_now")).isZero();
        }
    }
}
