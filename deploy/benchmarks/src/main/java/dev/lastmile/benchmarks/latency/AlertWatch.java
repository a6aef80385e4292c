package dev.lastmile.benchmarks.latency;

import dev.lastmile.benchmarks.throughput.contestant.Clients;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.AlertStatus;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.Delta;
import dev.lastmile.topology.serde.DeltaCodec;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the alerts of a customer as the customer would, only what is committed, and beside them the sums that the monitor's first
 * stage sends to its second; by the time at which the broker appended them. Thread-safe.
 */
final class AlertWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String customer;
    private final String alertsTopic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaAvroDeserializer avro;
    private final Map<String, TreeSet<Long>> deltas = new HashMap<>();
    private final Map<String, Sighting> alerts = new HashMap<>();
    private final Thread thread = new Thread(this::read, "alert-watch");
    private @Nullable RuntimeException failure;

    /**
     * The first alert of a deployment; epoch milliseconds.
     *
     * @param appendedMs when the broker had it
     * @param seenMs when we had it
     */
    private record Sighting(long appendedMs, long seenMs) {}

    private AlertWatch(String customer, String alertsTopic, String bootstrapServers, String registryUrl) {
        this.customer = customer;
        this.alertsTopic = alertsTopic;
        avro = Clients.deserializer(registryUrl);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Starts to read. Both topics must exist; from now on the broker's clock stamps what is written to them.
     *
     * @param application name of the monitor
     */
    static AlertWatch start(String customer, String application, String bootstrapServers, String registryUrl)
            throws InterruptedException {
        String alertsTopic = Topics.alerts(customer);
        List<String> topics = List.of(alertsTopic, application + "-deltas-repartition");
        stampByBroker(topics, bootstrapServers);
        AlertWatch watch = new AlertWatch(customer, alertsTopic, bootstrapServers, registryUrl);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo info : watch.consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, info.partition()));
            }
        }
        watch.consumer.assign(partitions);
        watch.consumer.seekToBeginning(partitions);
        watch.thread.start();
        return watch;
    }

    private static void stampByBroker(List<String> topics, String bootstrapServers) throws InterruptedException {
        Map<ConfigResource, List<AlterConfigOp>> changes = new HashMap<>();
        for (String topic : topics) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                    List.of(new AlterConfigOp(
                            new ConfigEntry("message.timestamp.type", "LogAppendTime"), AlterConfigOp.OpType.SET)));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(Map.copyOf(changes)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not stamp " + topics, e);
        }
    }

    private void read() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(POLL);
                take(records, System.currentTimeMillis());
            }
        } catch (WakeupException e) {
            // Asked to stop.
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private synchronized void fail(RuntimeException thrown) {
        failure = thrown;
        notifyAll();
    }

    private synchronized void take(Iterable<ConsumerRecord<byte[], byte[]>> records, long nowMs) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.topic().equals(alertsTopic)) {
                AlertEvent alert = (AlertEvent) avro.deserialize(record.topic(), record.value());
                if (alert.getState() == AlertStatus.FIRING) {
                    alerts.putIfAbsent(alert.getDeployment(), new Sighting(record.timestamp(), nowMs));
                }
            } else {
                Delta delta = DeltaCodec.read(List.of(record.value()));
                if (delta.deployment().customer().equals(customer)) {
                    deltas.computeIfAbsent(delta.deployment().deployment(), any -> new TreeSet<>())
                            .add(record.timestamp());
                }
            }
        }
        notifyAll();
    }

    /**
     * Waits for the alert of a deployment.
     *
     * @param truthMs when the broker had the ground truth that raises it
     * @param untilMs when to give up, epoch milliseconds
     * @return how it came about; absent where none came
     * @throws IllegalStateException when it came before its cause
     */
    synchronized @Nullable Journey await(String deployment, long truthMs, long untilMs) throws InterruptedException {
        Sighting alert = alerts.get(deployment);
        for (long left = untilMs - System.currentTimeMillis();
                alert == null && failure == null && left > 0;
                left = untilMs - System.currentTimeMillis()) {
            wait(left);
            alert = alerts.get(deployment);
        }
        if (failure != null) {
            throw new IllegalStateException("alerts could not be read", failure);
        }
        if (alert == null) {
            return null;
        }
        Long deltaMs = deltas.getOrDefault(deployment, new TreeSet<>()).floor(alert.appendedMs());
        if (deltaMs == null || deltaMs < truthMs) {
            throw new IllegalStateException(
                    deployment + " alerted before its ground truths were summed: " + alert + ", " + deltaMs);
        }
        return new Journey(truthMs, deltaMs, alert.appendedMs(), alert.seenMs());
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
