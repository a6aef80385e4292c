package dev.lastmile.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The build gives Kafka newer compression libraries than it was released with: every codec must still work with it. */
final class CompressionTest {

    private static final TopicPartition TOPIC = new TopicPartition("lastmile.st-marys.inferences.v1", 0);
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");

    @Test
    void whatIsSentWithAnyCodecIsReadAsItWas() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopics("st-marys", 1);
            List<String> sent = new ArrayList<>();
            for (String codec : CODECS) {
                String text = text(codec.hashCode());
                sent.add(text);
                assertThat(send(broker, codec, text)).as(codec).isLessThan(codec.equals("none") ? 1.1 : .9);
            }

            assertThat(read(broker, CODECS.size())).isEqualTo(sent);
        }
    }

    /** 200 KB, several blocks of each codec: words, and chance enough that blocks differ. */
    private static String text(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < 200_000) {
            text.append("the left lung is clear ").append(random.nextInt());
        }
        return text.toString();
    }

    /** The size of what was sent, as a share of what it was before. */
    private static double send(EmbeddedBroker broker, String codec, String text) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", codec, "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC.topic(), codec, text)).get(30, TimeUnit.SECONDS);
            return producer.metrics().entrySet().stream()
                    .filter(metric -> metric.getKey().name().equals("compression-rate-avg")
                            && metric.getKey().group().equals("producer-metrics"))
                    .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> read(EmbeddedBroker broker, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            List<String> values = new ArrayList<>();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
