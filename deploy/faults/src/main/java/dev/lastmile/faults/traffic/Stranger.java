package dev.lastmile.faults.traffic;

import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A customer whose time is far ahead of all others': theirs must not move by it. */
public final class Stranger {

    /** Whose topics are there for it. */
    public static final String CUSTOMER = "stranger";

    /** What it calls its own use of a model. */
    public static final String DEPLOYMENT = "storm";

    /** The same of another one, of speech. */
    public static final String DEPLOYMENT_OF_WORDS = "whispers";

    /** What must become of what it says. */
    public static final Set<String> REASONS = Set.of("BAD_FRAME");

    private static final Duration AHEAD = Duration.ofDays(200);
    private static final long ANSWER_SECONDS = 60;

    private Stranger() {}

    /** Sends one record to each partition. */
    public static void speak(String bootstrapServers) throws IOException, InterruptedException {
        byte[] nothing = {};
        long ahead = OracleStream.START_MS + AHEAD.toMillis();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            String topic = Topics.inferences(CUSTOMER);
            int partitions = producer.partitionsFor(topic).size();
            for (int partition = 0; partition < partitions; partition++) {
                producer.send(new ProducerRecord<>(topic, partition, ahead, nothing, nothing))
                        .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not take a record", e);
        }
    }
}
