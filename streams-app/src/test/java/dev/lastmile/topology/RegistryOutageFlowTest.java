package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static dev.lastmile.topology.Fixtures.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RegistryOutageFlowTest {

    private static final String ACME = "acme";
    private static final String ACMES = Topics.inferences(ACME);
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
            int flood = 12_000;
            for (int i = 0; i < flood; i++) {
                monitor.sendRaw(ACMES, "i" + i, framed(1_000_000 + i), NOON);
            }
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.settle();
            // An id a second is looked up: now no more, so that the ledger catches up with the letters.
            monitor.registryDown(true);
            monitor.settle();

            Ledger flooded = monitor.snapshot(ACME, Delta.UNATTRIBUTED).ledger();
            assertThat(flooded.get(Disposition.INFERENCE_UNDECIDED))
                    .isBetween(1L, (long) WaitingRecords.MOST_IDS_OF_TOPIC);
            assertThat(flooded.inferencesReceived()).isEqualTo(flood);
            assertThat(monitor.isHeld(ACMES)).isFalse();
            assertThat(monitor.read(Topics.deadLetters(ACME)))
                    .hasSize((int) flooded.get(Disposition.INFERENCE_DEAD_LETTERED));
            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                    .isEqualTo(1);
        }
    }

    @Test
    void aCustomerOfWhomAsManyRecordsWaitAsMayIsNotReadOnAndAllOthersAreCountedAsBefore() {
        int ids = 1_500;
        int away = ids - WaitingRecords.MOST_OF_TOPIC;
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("known", NOON, SCOTTISH, "x"));
            monitor.registryDown(true);
            sendInferences(monitor, ids, "first");
            sendInferences(monitor, ids, "second");
            for (int i = 0; i < 100; i++) {
                monitor.send(CUSTOMER, heard("i" + i, NOON, SCOTTISH, "x"));
            }
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                    .isEqualTo(101);
            assertThat(monitor.isHeld(ACMES)).isTrue();
            assertThat(monitor.isHeld(Topics.groundTruth(ACME))).isFalse();
            assertThat(monitor.unread(ACMES)).isEqualTo(ids + away);
            assertThat(monitor.snapshot(ACME, Delta.UNATTRIBUTED).ledger().get(Disposition.INFERENCE_UNDECIDED))
                    .isEqualTo(WaitingRecords.MOST_OF_TOPIC);

            monitor.registryDown(false);
            monitor.pass(Duration.ofSeconds(1));
            for (int i = 0; i < ids; i++) {
                monitor.send(ACME, said("i" + i, NOON, "first", 0));
            }
            monitor.settle();

            assertThat(monitor.isHeld(ACMES)).isFalse();
            assertAllCountedInOrder(monitor, ids);
        }
    }

    @Test
    void whatWasReadBeforeItsTopicWasHeldFindsRoomAndNothingOfItIsLost() {
        int ids = 2 * WaitingRecords.MOST_OF_TOPIC;
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.registryDown(true);
            monitor.readAhead(true);
            sendInferences(monitor, ids, "first");
            sendInferences(monitor, ids, "second");
            monitor.settle();

            assertThat(monitor.isHeld(ACMES)).isTrue();
            assertThat(monitor.snapshot(ACME, Delta.UNATTRIBUTED).ledger().get(Disposition.INFERENCE_UNDECIDED))
                    .isEqualTo(2L * ids);

            monitor.registryDown(false);
            monitor.pass(Duration.ofSeconds(1));
            for (int i = 0; i < ids; i++) {
                monitor.send(ACME, said("i" + i, NOON, "first", 0));
            }
            monitor.settle();

            assertThat(monitor.isHeld(ACMES)).isFalse();
            assertAllCountedInOrder(monitor, ids);
        }
    }

    @Test
    void whatWaitsIsBoundedInBytesToo() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.registryDown(true);
            byte[] large = new byte[60_000];
            System.arraycopy(framed(4_711), 0, large, 0, 6);
            for (int i = 0; i < 500; i++) {
                monitor.sendRaw(ACMES, "i" + i, large, NOON);
            }
            monitor.settle();

            assertThat(monitor.isHeld(ACMES)).isTrue();
            long waiting = monitor.snapshot(ACME, Delta.UNATTRIBUTED).ledger().get(Disposition.INFERENCE_UNDECIDED);
            assertThat(waiting * large.length)
                    .isBetween(
                            WaitingRecords.MOST_BYTES_OF_TOPIC - large.length,
                            WaitingRecords.MOST_BYTES_OF_TOPIC + large.length);
        }
    }

    /** Else a topic that was full of ids that nobody knows would stand still for a second each. */
    @Test
    void ofIdsThatWaitedForTheRegistryNoMoreThanAHundredWaitForTheirTurnAfterwards() {
        int ids = 1_500;
        int unknown = WaitingRecords.MOST_OF_TOPIC;
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            byte[] another = ofAnotherSchema(monitor);
            monitor.registryDown(true);
            monitor.readAhead(true);
            for (int i = 0; i < unknown; i++) {
                monitor.sendRaw(ACMES, "unknown" + i, framed(1_000_000 + i), NOON);
            }
            sendInferences(monitor, ids, "first");
            monitor.registryDown(false);
            // Its turn is an unknown id's, and for a second no other's.
            monitor.pass(Duration.ofSeconds(1));
            monitor.sendRaw(ACMES, "another", another, NOON);
            monitor.pass(Duration.ofSeconds(1));

            assertThat(monitor.isHeld(ACMES)).isFalse();
            assertThat(monitor.snapshot(ACME, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                    .as("first comes the id for which most wait")
                    .isEqualTo(ids);
            for (int second = 0; second < 2 * WaitingRecords.MOST_IDS_OF_TOPIC; second++) {
                monitor.pass(Duration.ofSeconds(1));
            }
            assertThat(monitor.snapshot(ACME, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                    .as("those of schemas that the registry knows")
                    .isEqualTo(ids + 1);
            Map<String, Long> letters =
                    monitor.snapshot(ACME, Delta.UNATTRIBUTED).deadLetters();
            assertThat(letters).containsOnlyKeys("UNKNOWN_SCHEMA", "TOO_MANY_SCHEMAS");
            assertThat(letters.get("UNKNOWN_SCHEMA")).isBetween(1L, (long) WaitingRecords.MOST_IDS_OF_TOPIC + 1);
            assertThat(letters.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(unknown);
        }
    }

    @Test
    void howManyRecordsOfANewSchemaWaitTheirTurnIsNotHeldAgainstThem() {
        int records = 3_000;
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.sendRaw(ACMES, "unknown", framed(4_711), NOON);
            sendInferences(monitor, records, "x");

            assertThat(monitor.isHeld(ACMES)).isTrue();
            monitor.settle();

            assertThat(monitor.snapshot(ACME, WARD).ledger().get(Disposition.INFERENCE_WAITING))
                    .isEqualTo(records);
            assertThat(monitor.snapshot(ACME, Delta.UNATTRIBUTED).deadLetters())
                    .containsExactlyEntriesOf(Map.of("UNKNOWN_SCHEMA", 1L));
        }
    }

    /** Shares are equal where there are many: else a few hundred customers would fill the disk. */
    @Test
    void theMoreCustomersWaitTheFewerRecordsOfEachDo() {
        int customers = 40;
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.registryDown(true);
            for (int customer = 0; customer < customers; customer++) {
                monitor.sendRaw(Topics.inferences("c" + customer), "i", framed(4_711), NOON);
            }
            for (int i = 0; i < WaitingRecords.MOST_OF_TOPIC; i++) {
                monitor.sendRaw(ACMES, "i" + i, framed(4_711), NOON);
            }

            assertThat(monitor.unread(ACMES))
                    .isEqualTo(WaitingRecords.MOST_OF_TOPIC - WaitingRecords.MOST_OF_TASK / (customers + 1));
        }
    }

    /** Else the sweep would take what the truth belongs to: by the clock of its topic, on which all wait, its time is over. */
    @Test
    void whatARecordBelongsToIsKeptWhileItWaits() {
        Instant weeksLater = NOON.plus(Duration.ofDays(25));
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            monitor.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "x"));
            monitor.registryDown(true);
            Instant observed = NOON.plus(Fixtures.HORIZON).minus(Duration.ofHours(1));
            monitor.send(CUSTOMER, said("i1", observed, "x", 0), observed.plus(Duration.ofDays(6)));
            monitor.send(CUSTOMER, said("i2", weeksLater, "x", 0));
            monitor.send(CUSTOMER, heard("i2", weeksLater, SCOTTISH, "x"));
            monitor.publish();
            monitor.registryDown(false);
            monitor.publish();

            Ledger ward = monitor.snapshot(CUSTOMER, WARD).ledger();
            assertThat(ward.get(Disposition.INFERENCE_JOINED)).isEqualTo(2);
            assertThat(ward.get(Disposition.INFERENCE_EXPIRED)).isZero();
        }
    }

    private static void sendInferences(MonitorHarness monitor, int ids, String text) {
        for (int i = 0; i < ids; i++) {
            monitor.send(ACME, heard("i" + i, NOON, SCOTTISH, text));
        }
    }

    /** A record that the contract can read, by a schema of its own. */
    private static byte[] ofAnotherSchema(MonitorHarness monitor) {
        Schema contract = InferenceEvent.getClassSchema();
        String text = contract.toString().replaceFirst("\"doc\":\"", "\"doc\":\"Another. ");
        Schema another = new Schema.Parser().parse(text);
        GenericRecord record = new GenericData.Record(another);
        GenericRecord event =
                monitor.deserialized(ACMES, monitor.serialized(ACMES, heard("another", NOON, SCOTTISH, "x")));
        another.getFields().forEach(field -> record.put(field.pos(), event.get(field.name())));
        return monitor.serialized(ACMES, record);
    }

    private static void assertAllCountedInOrder(MonitorHarness monitor, int ids) {
        Ledger ward = monitor.snapshot(ACME, WARD).ledger();
        assertThat(ward.get(Disposition.INFERENCE_JOINED)).isEqualTo(ids);
        assertThat(ward.get(Disposition.INFERENCE_CONFLICTING)).isEqualTo(ids);
        assertThat(monitor.snapshot(ACME, WARD).slices())
                .as("the first ones stand")
                .isNotEmpty()
                .allSatisfy(slice -> assertThat(slice.errors()).isZero());
        assertThat(monitor.snapshot(ACME, Delta.UNATTRIBUTED).ledger().get(Disposition.INFERENCE_UNDECIDED))
                .isZero();
        assertThat(monitor.read(Topics.deadLetters(ACME))).isEmpty();
    }
}
