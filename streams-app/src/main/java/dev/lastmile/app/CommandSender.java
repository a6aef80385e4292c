package dev.lastmile.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.event.DeploymentId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts one command where the monitor reads it. */
final class CommandSender {

    private static final int TIME_LIMIT_MS = 30_000;

    private final Configuration configuration;

    CommandSender(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Sends, and returns once the broker has it.
     *
     * @return where it lies: topic, partition and offset
     * @throws KafkaException if there is no such topic, or the broker refuses or does not answer within 30 s
     */
    String send(DeploymentId deployment, ObjectNode command) {
        String topic = new CommandFormat(configuration.applicationId()).topic();
        requireTopic(topic);
        Properties properties = StreamsProperties.ofProducer(configuration);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIME_LIMIT_MS);
        byte[] key = deployment.toString().getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, key, CommandFormat.bytes(command)))
                    .get(TIME_LIMIT_MS, TimeUnit.MILLISECONDS)
                    .toString();
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw failure("the command could not be sent", e);
        }
    }

    /** Sending to a topic that does not exist may make it, with a number of partitions that is nobody's choice. */
    private void requireTopic(String topic) {
        try (Admin admin = Admin.create(StreamsProperties.ofAdmin(configuration))) {
            admin.describeTopics(List.of(topic)).allTopicNames().get(TIME_LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new KafkaException("there is no topic " + topic
                        + ": the monitor makes it when it has read the first record of a customer");
            }
            throw failure("the broker does not tell of the topic " + topic, e);
        } catch (TimeoutException | InterruptedException e) {
            throw failure("the broker does not answer", e);
        }
    }

    private static KafkaException failure(String what, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new KafkaException(what + ": " + End.oneLine(cause), cause);
    }
}
