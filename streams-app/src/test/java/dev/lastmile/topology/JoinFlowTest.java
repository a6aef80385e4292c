package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static dev.lastmile.topology.Fixtures.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.SliceStanding;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.schema.Topics;
import dev.lastmile.slice.Slice;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinFlowTest {

    private static final Map<String, String> SCOTTISH = Map.of("accent", "scottish");

    @Test
    void labelsOfTwelveInferencesBecomeStatisticsOfTheirSlices() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            for (int i = 0; i < 12; i++) {
                monitor.send(CUSTOMER, heard("i" + i, NOON.plusSeconds(i), SCOTTISH, "the patient is stable"));
                monitor.send(CUSTOMER, said("i" + i, NOON.plusSeconds(60 + i), "the patients is very stable", 0));
            }
            monitor.settle();

            List<SliceStanding> slices = monitor.snapshot(CUSTOMER, WARD).slices();
            assertThat(slices)
                    .extracting(SliceStanding::slice)
                    .containsExactly(
                            Slice.OVERALL,
                            Slice.of("accent", "scottish"),
                            Slice.of("noise", "unknown"),
                            Slice.of("noise", "unknown").and("accent", "scottish"));
            assertThat(slices).allSatisfy(slice -> {
                assertThat(slice.received()).isEqualTo(12);
                assertThat(slice.labelled()).isEqualTo(12);
                assertThat(slice.errors()).isEqualTo(24);
                assertThat(slice.trials()).isEqualTo(60);
            });
            Ledger ledger = monitor.snapshot(CUSTOMER, WARD).ledger();
            assertThat(ledger.get(Disposition.INFERENCE_JOINED)).isEqualTo(12);
            assertThat(ledger.get(Disposition.INFERENCE_WAITING)).isZero();
            assertThat(ledger.get(Disposition.TRUTH_JOINED)).isEqualTo(12);
            assertThat(ledger.inferencesReceived()).isEqualTo(12);
        }
    }

    /** What announces a commit must come after what it is to send on, or the newest record would be missing from its commit. */
    @ParameterizedTest
    @ValueSource(longs = {0, 10 << 20})
    void theSumsOfARecordLeaveWithItsOwnCommit(long cacheBytes) {
        try (MonitorHarness monitor = new MonitorHarness(TopologySettings.Pace.DEFAULT, cacheBytes, Fixtures.words())) {
            for (int sent = 1; sent <= 3; sent++) {
                monitor.send(CUSTOMER, heard("i" + sent, NOON, SCOTTISH, "one two"));
                monitor.settle();

                assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                        .isEqualTo(sent);
            }
        }
    }

    @Test
    void aGroundTruthThatComesFirstWaitsForItsInference() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, said("i1", NOON, "one two", 0));
            monitor.settle();
            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.TRUTH_WAITING))
                    .isEqualTo(1);

            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "one too"));
            monitor.settle();

            Ledger ledger = monitor.snapshot(CUSTOMER, WARD).ledger();
            assertThat(ledger.get(Disposition.TRUTH_WAITING)).isZero();
            assertThat(ledger.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
            assertThat(ledger.get(Disposition.INFERENCE_JOINED)).isEqualTo(1);
        }
    }

    @Test
    void aRecordThatDoesNotDecodeIsADeadLetterOfItsCustomer() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.sendRaw(Topics.inferences(CUSTOMER), "i1", new byte[] {1, 2, 3}, NOON);
            monitor.settle();

            List<Map.Entry<String, GenericRecord>> letters = monitor.read(Topics.deadLetters(CUSTOMER));
            assertThat(letters).hasSize(1);
            GenericRecord letter = letters.get(0).getValue();
            assertThat(letter.get("reason")).hasToString("BAD_FRAME");
            assertThat(letter.get("source_topic")).hasToString(Topics.inferences(CUSTOMER));
            assertThat(monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED).deadLetters())
                    .containsExactlyEntriesOf(Map.of("BAD_FRAME", 1L));
        }
    }
}
