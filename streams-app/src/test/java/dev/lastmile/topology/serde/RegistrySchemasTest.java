package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SchemaSource.Resolution;
import dev.lastmile.topology.serde.RegistryServer.Failure;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RegistrySchemasTest {

    private static final Schema CONTRACT = InferenceEvent.getClassSchema();
    private static final String TOPIC = "lastmile.st-marys.inferences.v1";
    private static final String OTHERS = "lastmile.acme.inferences.v1";
    private static final String SUBJECT = TOPIC + "-value";

    private final RegistryServer server = new RegistryServer();
    private long nanos = Long.MAX_VALUE - 5; // a clock that only goes forward may start anywhere, and overflow
    private final RegistrySchemas schemas = new RegistrySchemas(server.client(), () -> nanos);

    @AfterEach
    void stop() {
        server.close();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private Resolution resolve(int id) {
        return schemas.resolve(id, TOPIC, CONTRACT);
    }

    private static Resolution refused(RefusalReason reason) {
        return new Resolution.Refused(reason);
    }

    private static Resolution unavailable() {
        return new Resolution.Unavailable();
    }

    @Test
    void aSchemaOfTheTopicIsUsableAndAskedForOnce() {
        server.register(7, CONTRACT.toString(), SUBJECT);

        assertThat(resolve(7)).isEqualTo(new Resolution.Usable(CONTRACT));
        assertThat(resolve(7)).isEqualTo(new Resolution.Usable(CONTRACT));

        assertThat(server.requests()).containsExactly("/schemas/ids/7", "/schemas/ids/7/subjects");
    }

    @Test
    void anUnknownIdIsRefusedAndNotAskedForAgainForAMinute() {
        assertThat(resolve(7)).isEqualTo(refused(RefusalReason.UNKNOWN_SCHEMA));
        pass(Duration.ofSeconds(59));
        assertThat(resolve(7)).isEqualTo(refused(RefusalReason.UNKNOWN_SCHEMA));
        assertThat(server.requests()).hasSize(1);

        server.register(7, CONTRACT.toString(), SUBJECT);
        pass(Duration.ofSeconds(2));

        assertThat(resolve(7)).isEqualTo(new Resolution.Usable(CONTRACT));
    }

    @Test
    void aTopicThatAsksForUnknownIdsIsLookedUpOnceASecondAndOthersAreNotHeldUp() {
        server.register(8, CONTRACT.toString(), SUBJECT);
        server.register(9, CONTRACT.toString(), OTHERS + "-value");
        resolve(7);

        for (int id = 100; id < 200; id++) {
            assertThat(resolve(id)).isEqualTo(new Resolution.Throttled());
        }
        assertThat(resolve(8)).isEqualTo(new Resolution.Throttled());
        assertThat(server.requests()).hasSize(1);
        assertThat(schemas.resolve(9, OTHERS, CONTRACT)).isInstanceOf(Resolution.Usable.class);

        pass(Duration.ofSeconds(1));
        assertThat(resolve(8)).isInstanceOf(Resolution.Usable.class);
    }

    @Test
    void anIdThatIsOfNoUseToATopicCostsASecondToo() {
        server.register(8, CONTRACT.toString(), OTHERS + "-value");
        server.register(9, CONTRACT.toString(), SUBJECT);

        assertThat(resolve(8)).isEqualTo(refused(RefusalReason.SCHEMA_NOT_FOR_TOPIC));
        assertThat(resolve(9)).isEqualTo(new Resolution.Throttled());
        pass(Duration.ofSeconds(1));
        assertThat(resolve(9)).isInstanceOf(Resolution.Usable.class);
    }

    @Test
    void aTopicLooksUpTenUsefulIdsAtOnceAndThenOneASecond() {
        for (int id = 1; id <= 13; id++) {
            server.register(id, CONTRACT.toString(), SUBJECT);
        }

        for (int id = 1; id <= 10; id++) {
            assertThat(resolve(id)).isInstanceOf(Resolution.Usable.class);
        }
        assertThat(resolve(11)).isEqualTo(new Resolution.Throttled());
        pass(Duration.ofSeconds(1));
        assertThat(resolve(11)).isInstanceOf(Resolution.Usable.class);
        assertThat(resolve(12)).isEqualTo(new Resolution.Throttled());
        pass(Duration.ofMinutes(1));
        assertThat(resolve(12)).isInstanceOf(Resolution.Usable.class);
        assertThat(resolve(13)).isInstanceOf(Resolution.Usable.class);
    }

    @Test
    void aRegistryThatIsSilentHoldsNobodyUpAndIsAskedForOneIdATopicAtATime() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            RegistrySchemas slow = new RegistrySchemas(server.client(), System::nanoTime, threads);
            server.register(1, CONTRACT.toString(), SUBJECT);
            server.silence();
            assertThat(slow.resolve(1, TOPIC, CONTRACT)).isEqualTo(unavailable());

            long started = System.nanoTime();
            for (int customer = 0; customer < 100; customer++) {
                String topic = "lastmile.c" + customer + ".inferences.v1";
                assertThat(slow.resolve(1, topic, CONTRACT)).isEqualTo(unavailable());
                assertThat(slow.resolve(2, topic, CONTRACT)).isEqualTo(unavailable());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("a hundred who did not wait")
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(slow.resolve(2, TOPIC, CONTRACT)).isEqualTo(unavailable());

            server.speak();
            Awaitility.await().untilAsserted(() -> assertThat(slow.resolveAtOnce(1, TOPIC, CONTRACT))
                    .isInstanceOf(Resolution.Usable.class));
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aRegistryThatFailsIsAskedOnceASecondByEachTopicHoweverManyIdsThereAre(Failure failure) {
        server.fail(failure);

        askForMany(TOPIC);
        int once = server.requests().size();
        // The JDK asks a second time by itself where the connection is cut.
        assertThat(once).isBetween(1, 2);
        askForMany(OTHERS);
        assertThat(server.requests()).as("another topic").hasSize(2 * once);
        askForMany(TOPIC);
        pass(Duration.ofMillis(900));
        askForMany(TOPIC);
        assertThat(server.requests()).hasSize(2 * once);
        pass(Duration.ofMillis(100));
        askForMany(TOPIC);
        assertThat(server.requests()).as("a second later").hasSize(3 * once);
    }

    private void askForMany(String topic) {
        for (int id = 1; id <= 200; id++) {
            assertThat(schemas.resolve(id, topic, CONTRACT)).isEqualTo(unavailable());
        }
    }

    @Test
    void afterAnOutageATopicMayAskForTenAtOnceAsBefore() {
        for (int id = 1; id <= 10; id++) {
            server.register(id, CONTRACT.toString(), SUBJECT);
        }
        server.fail(Failure.status(503));
        resolve(1);
        server.fail(null);
        pass(Duration.ofSeconds(1));

        for (int id = 1; id <= 10; id++) {
            assertThat(resolve(id)).isInstanceOf(Resolution.Usable.class);
        }
    }

    @Test
    void anOutageIsTwoLinesOfTheLogAndOneInAMinuteAtMost() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(RegistryState.class);
        lines.start();
        logger.addAppender(lines);
        try {
            server.register(7, CONTRACT.toString(), SUBJECT);
            server.register(8, CONTRACT.toString(), SUBJECT);
            for (int second = 0; second < 30; second++) {
                server.fail(Failure.status(500));
                askForMany(OTHERS);
                pass(Duration.ofSeconds(1));
            }
            assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
            server.fail(null);
            resolve(7);
            server.fail(Failure.status(500));
            askForMany(OTHERS);
            pass(Duration.ofSeconds(1));
            server.fail(null);
            resolve(8);

            assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
        } finally {
            logger.detachAppender(lines);
        }
    }

    /** Whoever has few keeps them: they are what an outage is survived by. */
    @Test
    void aTopicOfManyLargeSchemasForgetsItsOwnAndNobodyElses() {
        server.register(1, CONTRACT.toString(), OTHERS + "-value");
        assertThat(schemas.resolve(1, OTHERS, CONTRACT)).isInstanceOf(Resolution.Usable.class);
        for (int id = 2; id < 8; id++) {
            String large = "\"doc\":\"" + "x".repeat(1_000_000);
            server.register(id, CONTRACT.toString().replaceFirst("\"doc\":\"", large), SUBJECT);
            assertThat(resolve(id)).isInstanceOf(Resolution.Usable.class);
        }

        server.fail(Failure.status(500));
        pass(Duration.ofSeconds(1));
        assertThat(resolve(2)).as("forgotten").isEqualTo(unavailable());
        assertThat(schemas.resolve(1, OTHERS, CONTRACT)).isInstanceOf(Resolution.Usable.class);
    }

    static Stream<Failure> failures() {
        return Stream.of(
                Failure.closed(),
                Failure.status(400),
                Failure.status(401),
                Failure.status(403),
                Failure.status(408),
                Failure.status(429),
                Failure.status(500),
                Failure.status(503),
                Failure.html(500),
                Failure.html(404),
                Failure.html(200),
                Failure.status(204),
                new Failure(200, ""));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aRegistryThatFailsLeavesTheRecordUndecidedUntilItIsBack(Failure failure) {
        server.register(7, CONTRACT.toString(), SUBJECT);
        server.fail(failure);

        assertThat(resolve(7)).isEqualTo(unavailable());
        int asked = server.requests().size();
        assertThat(asked).isPositive();
        assertThat(resolve(7)).isEqualTo(unavailable());
        assertThat(server.requests()).hasSize(asked);
        pass(Duration.ofSeconds(1));
        assertThat(resolve(7)).isEqualTo(unavailable());
        server.fail(null);
        pass(Duration.ofSeconds(1));

        assertThat(resolve(7)).isEqualTo(new Resolution.Usable(CONTRACT));
    }

    @Test
    void anUnknownIdIsNeverRefusedWhileTheRegistryFails() {
        server.fail(Failure.status(503));

        assertThat(resolve(7)).isEqualTo(unavailable());
    }

    @Test
    void aRegistryThatIsNotThereLeavesTheRecordUndecided() {
        server.close();

        assertThat(resolve(7)).isEqualTo(unavailable());
    }

    @Test
    void aCompatibleSchemaOfAnotherSubjectIsRefusedUntilItIsRegisteredForTheTopic() {
        server.register(7, CONTRACT.toString(), OTHERS + "-value");
        assertThat(resolve(7)).isEqualTo(refused(RefusalReason.SCHEMA_NOT_FOR_TOPIC));
        assertThat(schemas.resolve(7, OTHERS, CONTRACT)).isInstanceOf(Resolution.Usable.class);

        server.register(7, CONTRACT.toString(), SUBJECT);
        pass(Duration.ofSeconds(61));

        assertThat(resolve(7)).isInstanceOf(Resolution.Usable.class);
    }

    @Test
    void aSchemaThatTheContractCannotReadIsIncompatibleAndDecidedOnce() {
        server.register(7, GroundTruthEvent.getClassSchema().toString(), SUBJECT);

        assertThat(resolve(7)).isEqualTo(refused(RefusalReason.SCHEMA_INCOMPATIBLE));
        int asked = server.requests().size();
        pass(Duration.ofDays(1));
        assertThat(resolve(7)).isEqualTo(refused(RefusalReason.SCHEMA_INCOMPATIBLE));

        assertThat(server.requests()).hasSize(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"R\"]}]}",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}]}",
                "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Empty\",\"fields\":[]}}",
                "{\"type\":\"array\",\"items\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}}",
                "{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"N\",\"fields\":"
                        + "[{\"name\":\"n\",\"type\":\"null\"}]}}}",
            })
    void aDangerousShapeIsRejected(String schema) {
        server.register(7, schema, SUBJECT);

        assertThat(resolve(7)).isEqualTo(refused(RefusalReason.SCHEMA_REJECTED));
    }

    @Test
    void aDeepOrWideSchemaIsRejected() {
        String deep = "\"int\"";
        for (int i = 0; i < 20; i++) {
            deep = "{\"type\":\"map\",\"values\":" + deep + "}";
        }
        StringBuilder wide = new StringBuilder("{\"type\":\"record\",\"name\":\"W\",\"fields\":[");
        for (int i = 0; i < 600; i++) {
            wide.append(i == 0 ? "" : ",").append("{\"name\":\"f").append(i).append("\",\"type\":\"int\"}");
        }
        server.register(7, deep, SUBJECT);
        server.register(8, wide.append("]}").toString(), SUBJECT);

        assertThat(resolve(7)).isEqualTo(refused(RefusalReason.SCHEMA_REJECTED));
        pass(Duration.ofSeconds(1));
        assertThat(resolve(8)).isEqualTo(refused(RefusalReason.SCHEMA_REJECTED));
    }

    @Test
    void whatIsNoAvroSchemaIsRejectedAndDoesNotWaitForEver() {
        server.register(7, "PROTOBUF", "syntax = \"proto3\"; message M {}", SUBJECT);
        server.register(8, "this is no schema", SUBJECT);
        server.register(9, "[".repeat(5_000) + "]".repeat(5_000), SUBJECT);

        for (int id = 7; id <= 9; id++) {
            assertThat(resolve(id)).isEqualTo(refused(RefusalReason.SCHEMA_REJECTED));
            pass(Duration.ofSeconds(1));
        }
    }
}
