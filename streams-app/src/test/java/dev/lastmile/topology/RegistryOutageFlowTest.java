package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static dev.lastmile.topology.Fixtures.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.schema.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RegistryOutageFlowTest {

    private static final Map<String, String> SCOTTISH = Map.of("accent", "scottish");

    private static byte[] framed(int id) {
        return ByteBuffer.allocate(6).put((byte) 0).putInt(id).array();
    }

    @Test
    void recordsWaitWhileTheRegistryIsAwayAndAreTakenInOrderWhenItIsBack() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.registryDown(true);
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "first"));
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "second"));
            monitor.send(CUSTOMER, said("i1", NOON, "first", 0));
            monitor.sendRaw(Topics.inferences(CUSTOMER), "i2", framed(4_711), NOON);
            monitor.sendRaw(Topics.inferences(CUSTOMER), "i3", new byte[] {1}, NOON);
            monitor.settle();

            Ledger away = monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED).ledger();
            assertThat(away.get(Disposition.INFERENCE_UNDECIDED)).isEqualTo(3);
            assertThat(away.get(Disposition.TRUTH_UNDECIDED)).isEqualTo(1);
            assertThat(away.get(Disposition.INFERENCE_DEAD_LETTERED)).isEqualTo(1);
            assertThat(monitor.read(Topics.deadLetters(CUSTOMER))).hasSize(1);

            monitor.registryDown(false);
            monitor.pass(Duration.ofSeconds(1));
            monitor.settle();

            Ledger back = monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED).ledger();
            assertThat(back.get(Disposition.INFERENCE_UNDECIDED)).isZero();
            assertThat(back.get(Disposition.TRUTH_UNDECIDED)).isZero();
            Ledger ward = monitor.snapshot(CUSTOMER, WARD).ledger();
            assertThat(ward.get(Disposition.INFERENCE_JOINED)).isEqualTo(1);
            assertThat(ward.get(Disposition.INFERENCE_CONFLICTING)).isEqualTo(1);
            assertThat(ward.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
            assertThat(monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED).deadLetters())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("UNKNOWN_SCHEMA", 1L, "BAD_FRAME", 1L));
        }
    }

    @Test
    void whatComesAfterOneThatStillWaitsStaysBehindIt() {
        int ids = 12;
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.registryDown(true);
            for (int i = 0; i < ids; i++) {
                monitor.send(CUSTOMER, heard("i" + i, NOON, SCOTTISH, "first"));
            }
            monitor.registryDown(false);
            for (int i = 0; i < ids; i++) {
                monitor.send(CUSTOMER, heard("i" + i, NOON, SCOTTISH, "second"));
            }
            monitor.pass(Duration.ofSeconds(1));
            for (int i = 0; i < ids; i++) {
                monitor.send(CUSTOMER, said("i" + i, NOON, "first", 0));
            }
            monitor.settle();

            Ledger ward = monitor.snapshot(CUSTOMER, WARD).ledger();
            assertThat(ward.get(Disposition.INFERENCE_CONFLICTING)).isEqualTo(ids);
            assertThat(monitor.snapshot(CUSTOMER, WARD).slices())
                    .as("the first ones stand")
                    .isNotEmpty()
                    .allSatisfy(slice -> assertThat(slice.errors()).isZero());
            assertThat(monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED).ledger().get(Disposition.INFERENCE_UNDECIDED))
                    .isZero();
        }
    }

    @Test
    void anEventThatWaitedIsJudgedByItsOwnAppendTimeAndNotByWhenTheRegistryCameBack() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.registryDown(true);
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.pass(Duration.ofDays(30));
            monitor.registryDown(false);
            monitor.pass(Duration.ofSeconds(1));
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                    .isEqualTo(1);
        }
    }

    @Test
    void aFloodOfUnknownSchemaIdsFillsItsCustomersShareAndNeverTheTask() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            int flood = DecodeProcessor.MAX_UNDECIDED + 2_000;
            for (int i = 0; i < flood; i++) {
                monitor.sendRaw(Topics.inferences("acme"), "i" + i, framed(1_000_000 + i), NOON);
            }
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.settle();
            // An id a second is looked up: now no more, so that the ledger catches up with the letters.
            monitor.registryDown(true);
            monitor.settle();

            Ledger flooded = monitor.snapshot("acme", Delta.UNATTRIBUTED).ledger();
            assertThat(flooded.get(Disposition.INFERENCE_UNDECIDED)).isBetween(1L, 1_000L);
            assertThat(flooded.inferencesReceived()).isEqualTo(flood);
            assertThat(monitor.read(Topics.deadLetters("acme")))
                    .hasSize((int) flooded.get(Disposition.INFERENCE_DEAD_LETTERED));
            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                    .isEqualTo(1);
        }
    }

    @Test
    void whenMoreRecordsWaitForTheRegistryThanMayReadingStops() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.registryDown(true);
            byte[] value = monitor.serialized(Topics.inferences(CUSTOMER), heard("i1", NOON, SCOTTISH, "x"));
            for (int i = 0; i < DecodeProcessor.MAX_UNDECIDED; i++) {
                monitor.sendRaw(Topics.inferences(CUSTOMER), "i1", value, NOON);
            }

            assertThatThrownBy(() -> monitor.sendRaw(Topics.inferences(CUSTOMER), "i1", value, NOON))
                    .isInstanceOf(StreamsException.class)
                    .hasStackTraceContaining("reading stops until it is back");
        }
    }
}
