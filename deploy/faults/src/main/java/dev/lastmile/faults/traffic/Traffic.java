package dev.lastmile.faults.traffic;

import dev.lastmile.faults.oracle.OracleRecord;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a seeded stream at a steady rate, one producer in order of arrival, with a hundredth of garbage among it, and waits for as
 * long as it takes until each record is acknowledged. The same seed sends the same bytes.
 */
public final class Traffic implements AutoCloseable {

    private static final List<Garbage> GARBAGE = List.of(Garbage.values());

    private static final int GARBAGE_OF = 100;
    private static final int WAITS_EVERY = 64;
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofMinutes(10);

    private final List<Arrival> arrivals;
    private final SplittableRandom random;
    private final double perSecond;
    private final EventBytes events;
    private final Journal journal;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopped;
    private @Nullable Thread thread;

    /**
     * @param perSecond how many records a second, garbage included
     * @param journal of what is acknowledged
     */
    public Traffic(
            OracleStream stream,
            long seed,
            double perSecond,
            String bootstrapServers,
            EventBytes events,
            Journal journal) {
        this.arrivals = stream.arrivals();
        this.random = new SplittableRandom(seed);
        this.perSecond = perSecond;
        this.events = events;
        this.journal = journal;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        20,
                        "compression.type",
                        "lz4",
                        // A broker may be away for long, and nothing of what was sent may be lost or change places.
                        "delivery.timeout.ms",
                        (int) ACKNOWLEDGED_WITHIN.toMillis(),
                        "max.block.ms",
                        (int) ACKNOWLEDGED_WITHIN.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Begins to send. */
    public void start() {
        thread = new Thread(this::send, "traffic");
        thread.setDaemon(true);
        thread.start();
    }

    /** How many records were sent so far. */
    public long sent() {
        return sent.get();
    }

    /** Whether all was sent. */
    public boolean isOver() {
        return thread != null && !thread.isAlive();
    }

    /** Sends nothing more, and waits until all that was sent is acknowledged. */
    public void end() throws IOException, InterruptedException {
        if (thread == null) {
            throw new IllegalStateException("not started");
        }
        stopped = true;
        thread.join();
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IOException("a record was not acknowledged", failed);
        }
    }

    private void send() {
        try {
            long start = System.nanoTime();
            for (Arrival arrival : arrivals) {
                if (stopped) {
                    return;
                }
                byte[] event = events.of(arrival.sent());
                if (random.nextInt(GARBAGE_OF) == 0) {
                    Garbage garbage = GARBAGE.get(random.nextInt(GARBAGE.size()));
                    send(arrival, garbage.of(event, random));
                }
                send(arrival, event);
                if (sent.get() % WAITS_EVERY == 0) {
                    waitUntil(start + (long) (sent.get() / perSecond * TimeUnit.SECONDS.toNanos(1)));
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private void send(Arrival arrival, byte @Nullable [] value) {
        OracleRecord record = arrival.sent();
        String topic = Events.topicOf(record);
        sent.incrementAndGet();
        // The callback says all that the future would.
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(topic, null, arrival.arrivalMs(), Events.keyOf(record), value),
                (metadata, failed) -> {
                    if (failed == null) {
                        journal.acknowledged();
                    } else {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ofSeconds(10));
    }
}
