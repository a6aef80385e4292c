package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.HORIZON;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static dev.lastmile.topology.Fixtures.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinStoreFlowTest {

    private static final Map<String, String> SCOTTISH = Map.of("accent", "scottish");
    private static final String OTHER = "acme";
    private static final Duration A_WEEK = Duration.ofMillis(AppendClocks.LARGEST_LAG_MS);
    private static final Duration KEPT = HORIZON.plus(Limits.DEFAULT.maxAge());

    /** No step in which deadlines are counted is longer. */
    private static final Duration A_STEP = KEPT.dividedBy(64);

    @Test
    void theSameIdOfTwoCustomersIsNeverJoined() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.send(OTHER, said("i1", NOON, "x", 0));
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().asMap())
                    .containsEntry(Disposition.INFERENCE_WAITING, 1L)
                    .containsEntry(Disposition.INFERENCE_JOINED, 0L);
            assertThat(monitor.snapshot(OTHER, WARD).ledger().get(Disposition.TRUTH_WAITING))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatCanNoLongerBeJoinedExpiresAndIsCounted() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("waiting", NOON, SCOTTISH, "x"));
            monitor.send(CUSTOMER, said("parked", NOON, "x", 0));
            monitor.send(CUSTOMER, said("parked", NOON, "x", 0));
            monitor.send(CUSTOMER, heard("joined", NOON, SCOTTISH, "x"));
            monitor.send(CUSTOMER, said("joined", NOON, "x", 0));
            monitor.send(CUSTOMER, heard("young", NOON.plus(A_STEP), SCOTTISH, "x"));
            monitor.send(CUSTOMER, heard("clock", NOON.plus(KEPT), SCOTTISH, "x"));
            monitor.send(CUSTOMER, said("clock", NOON.plus(KEPT), "x", 0));
            monitor.settle();
            Ledger before = monitor.snapshot(CUSTOMER, WARD).ledger();
            assertThat(before.get(Disposition.INFERENCE_EXPIRED)).isZero();
            assertThat(before.get(Disposition.TRUTH_EXPIRED)).isZero();

            monitor.send(CUSTOMER, heard("clock2", NOON.plus(KEPT).plus(A_STEP), SCOTTISH, "x"));
            monitor.send(CUSTOMER, said("clock2", NOON.plus(KEPT).plus(A_STEP), "x", 0));
            monitor.settle();

            Ledger ledger = monitor.snapshot(CUSTOMER, WARD).ledger();
            assertThat(ledger.get(Disposition.INFERENCE_EXPIRED)).isEqualTo(1);
            assertThat(ledger.get(Disposition.TRUTH_EXPIRED)).isEqualTo(2);
            assertThat(ledger.get(Disposition.TRUTH_WAITING)).isZero();
            assertThat(ledger.get(Disposition.INFERENCE_JOINED)).isEqualTo(3);
            assertThat(ledger.get(Disposition.INFERENCE_WAITING)).isEqualTo(1);
            assertThat(ledger.inferencesReceived()).isEqualTo(5);
            assertThat(ledger.truthsReceived()).isEqualTo(5);
        }
    }

    @Test
    void theClockOfOneCustomerSweepsNothingOfAnother() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            for (Instant absurd : new Instant[] {
                Instant.parse("2100-01-01T00:00:00Z"), Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE)
            }) {
                monitor.send(OTHER, heard("i" + absurd, absurd, SCOTTISH, "x"), absurd);
                monitor.send(OTHER, heard("j" + absurd, absurd, SCOTTISH, "x"), NOON);
                monitor.send(OTHER, said("k" + absurd, absurd, "x", 0), absurd);
                monitor.settle();
            }
            monitor.send(CUSTOMER, said("i1", NOON.plus(HORIZON), "x", 0));
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.TRUTH_JOINED))
                    .isEqualTo(1);
            assertThat(monitor.snapshot(CUSTOMER, WARD).asOfMs())
                    .isEqualTo(NOON.plus(HORIZON).toEpochMilli());
            Ledger other = monitor.snapshot(OTHER, WARD).ledger();
            assertThat(other.inferencesReceived()).isEqualTo(6);
            assertThat(other.truthsReceived()).isEqualTo(3);
        }
    }

    @Test
    void aTopicThatLagsBehindIsWaitedFor() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.send(CUSTOMER, heard("clock", NOON.plus(KEPT).plus(A_WEEK), SCOTTISH, "x"));
            monitor.settle();
            monitor.send(CUSTOMER, said("i1", NOON.plus(HORIZON), "x", 0));
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.TRUTH_JOINED))
                    .isEqualTo(1);
        }
    }

    @Test
    void aSilentTopicIsWaitedForAWeekAndNoLonger() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.send(CUSTOMER, heard("clock", NOON.plus(KEPT).plus(A_WEEK).plus(A_STEP), SCOTTISH, "x"));
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.INFERENCE_EXPIRED))
                    .isEqualTo(1);
        }
    }

    /** Otherwise what becomes of a record would depend on which other records made a sweep come by. */
    @Test
    void whatIsPastItsDeadlineIsGoneWhetherItWasSweptOutOrNot() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            Instant deadline = NOON.plus(KEPT);
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.send(CUSTOMER, heard("i2", NOON, SCOTTISH, "x"));
            monitor.send(CUSTOMER, said("parked", NOON, "x", 0));
            monitor.send(CUSTOMER, heard("i1", deadline, SCOTTISH, "another"));
            monitor.send(CUSTOMER, heard("i2", deadline.plusMillis(1), SCOTTISH, "another"));
            monitor.send(CUSTOMER, said("parked", deadline.plusMillis(1), "x", 0));
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().asMap())
                    .containsEntry(Disposition.INFERENCE_CONFLICTING, 1L)
                    .containsEntry(Disposition.INFERENCE_EXPIRED, 1L)
                    .containsEntry(Disposition.INFERENCE_WAITING, 2L)
                    .containsEntry(Disposition.TRUTH_EXPIRED, 1L)
                    .containsEntry(Disposition.TRUTH_WAITING, 1L);
        }
    }

    @Test
    void aLateTruthIsCountedWhetherItsInferenceIsKnownOrNot() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            Instant late = NOON.plus(HORIZON).plusMillis(1);
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.send(CUSTOMER, said("i1", late, "x", 0));
            monitor.send(CUSTOMER, said("i2", late, "x", 0));
            monitor.send(CUSTOMER, heard("i2", NOON, SCOTTISH, "x"), NOON.plusSeconds(1));
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.TRUTH_TOO_LATE))
                    .isEqualTo(2);
        }
    }

    @Test
    void theAppendTimeOfADecodedRecordIsNeverBeforeTheEpoch() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"), Instant.EPOCH);
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).deadLetters())
                    .containsExactlyEntriesOf(Map.of("TIME_FUTURE", 1L));
            assertThat(monitor.read(Topics.deadLetters(CUSTOMER))).hasSize(1);
        }
    }
}
