package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.SliceStatisticsEvent;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Score;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.topology.Report;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class StatisticsSerializerTest {

    private static final String TOPIC = "lastmile.st-marys.slice-statistics.v1";
    private static final String OTHER_TOPIC = "lastmile.st-johns.slice-statistics.v1";

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
    private final Random random = new Random(11);
    private int asked;

    StatisticsSerializerTest() {
        TrustedRecords.trust();
    }

    private KafkaAvroSerializer registered(Map<String, Object> settings) {
        KafkaAvroSerializer serializer = new KafkaAvroSerializer(registry);
        serializer.configure(settings, false);
        return serializer;
    }

    private StatisticsSerializer counting(Serializer<Object> registered) {
        return new StatisticsSerializer((topic, event) -> {
            asked++;
            return registered.serialize(topic, event);
        });
    }

    private static Map<String, Object> settings(String key, Object value) {
        return Map.of("schema.registry.url", "mock://unused", key, value);
    }

    /** Anything a report can be, the empty and the absent included. */
    private Report.OfCell report() {
        Slice[] slices = {
            Slice.OVERALL,
            Slice.of("accent", "scottish"),
            Slice.of("accent", "höher, 10 % = \uD83D\uDE42"),
            Slice.of("noise", "imaging").and("accent", "scottish").and("site", "a".repeat(200))
        };
        SliceCounts counts = new SliceCounts();
        int labelled = random.nextInt(4) == 0 ? 0 : random.nextInt(40);
        for (int i = 0; i < labelled; i++) {
            counts.addFirstLabel(
                    new Score(
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(9) == 0),
                    random.nextInt(10_000_000));
        }
        for (int i = random.nextInt(3) * labelled; i > 0; i--) {
            counts.addReceived();
        }
        long startMs = 3_600_000L * random.nextInt(500_000);
        Metric[] metrics = Metric.values();
        return new Report.OfCell(
                new DeploymentId("st-marys", random.nextBoolean() ? "ward-7" : "Gänge"),
                metrics[random.nextInt(metrics.length)],
                "v" + random.nextInt(3),
                slices[random.nextInt(slices.length)],
                startMs,
                startMs + 3_600_000,
                counts,
                random.nextBoolean() ? null : "learned-1",
                random.nextLong(2_000_000_000_000L));
    }

    @Test
    void everyRecordHasTheBytesThatTheRegistrysSerializerWrites() {
        KafkaAvroSerializer registered = registered(settings("avro.remove.java.properties", true));
        StatisticsSerializer own = counting(registered);

        for (int i = 0; i < 3_000; i++) {
            Report.OfCell report = report();
            String topic = i % 3 == 0 ? OTHER_TOPIC : TOPIC;
            assertThat(own.serialize(topic, report))
                    .isEqualTo(registered.serialize(topic, StatisticsEvents.of(report)));
        }

        assertThat(asked).as("once a topic").isEqualTo(2);
    }

    /** Settings of the registry's client may name the schema to be written with: whatever follows from it, it decides. */
    @Test
    void whereAnotherSchemaIsToBeWrittenTheRegistrysSerializerWritesAll() throws Exception {
        Schema older = SchemaBuilder.record("SliceStatisticsEvent")
                .namespace(SliceStatisticsEvent.getClassSchema().getNamespace())
                .fields()
                .requiredString("customer")
                .requiredString("deployment")
                .endRecord();
        registry.register(TOPIC + "-value", new AvroSchema(older));
        KafkaAvroSerializer registered = registered(Map.of(
                "schema.registry.url",
                "mock://unused",
                "auto.register.schemas",
                false,
                "use.latest.version",
                true,
                "latest.compatibility.strict",
                false));
        StatisticsSerializer own = counting(registered);

        for (int i = 0; i < 10; i++) {
            Report.OfCell report = report();
            assertThat(own.serialize(TOPIC, report))
                    .isEqualTo(registered.serialize(TOPIC, StatisticsEvents.of(report)));
        }

        assertThat(asked).isEqualTo(10);
    }
}
