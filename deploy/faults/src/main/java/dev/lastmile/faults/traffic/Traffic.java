package dev.lastmile.faults.traffic;

import dev.lastmile.faults.oracle.OracleRecord;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
 * long as it takes until each record is acknowledged. Now and then some go beside the rest in a transaction, with more garbage; every
 * other one of those is aborted, and what was in it must be seen nowhere. The same seed sends the same bytes.
 */
public final class Traffic implements AutoCloseable {

    private static final List<Garbage> GARBAGE = List.of(Garbage.values());

    private static final int GARBAGE_OF = 100;
    private static final int GARBAGE_OF_TRANSACTION = 4;
    private static final int TRANSACTION_EVERY = 500;
    private static final int IN_A_TRANSACTION = 8;
    private static final int WAITS_EVERY = 64;
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofMinutes(10);

    private final Iterator<Arrival> arrivals;
    private final SplittableRandom random;
    private final EventBytes events;
    private final Journal journal;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Transactions transactions;
    private final ExecutorService aside = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "transactions");
        worker.setDaemon(true);
        return worker;
    });
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopped;
    private volatile Pace pace;
    private @Nullable Thread thread;

    /**
     * @param arrivals in order
     * @param perSecond how many records a second, garbage included
     * @param journal of what is acknowledged
     */
    public Traffic(
            Iterator<Arrival> arrivals,
            long seed,
            double perSecond,
            String bootstrapServers,
            EventBytes events,
            Journal journal) {
        this.arrivals = arrivals;
        this.random = new SplittableRandom(seed);
        this.pace = new Pace(System.nanoTime(), 0, perSecond);
        this.events = events;
        this.journal = journal;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                20,
                "compression.type",
                "lz4",
                // A broker may be away for long, and nothing of what was sent may be lost or change places.
                "delivery.timeout.ms",
                (int) ACKNOWLEDGED_WITHIN.toMillis(),
                "max.block.ms",
                (int) ACKNOWLEDGED_WITHIN.toMillis());
        Map<String, Object> inOrder = new HashMap<>(settings);
        // Brokers forget idempotent producers by the time of their records, which lies months ago here, and take
        // nothing
        // more from them after a restart. What comes twice so, the batch program sees too.
        inOrder.put("enable.idempotence", false);
        inOrder.put("acks", "all");
        inOrder.put("max.in.flight.requests.per.connection", 1);
        inOrder.put("batch.size", 256 << 10);
        this.producer = new KafkaProducer<>(inOrder, new ByteArraySerializer(), new ByteArraySerializer());
        this.transactions = new Transactions(settings, journal);
    }

    /**
     * From some time on so many records a second.
     *
     * @param perSecond 0 for none, infinite for as many as go
     */
    private record Pace(long fromNanos, long fromSent, double perSecond) {

        /** How long the next record has to wait; zero or less if it is due. */
        long nanosUntil(long sent) {
            double seconds = sent == fromSent ? 0 : (sent - fromSent) / perSecond;
            return (long) (seconds * TimeUnit.SECONDS.toNanos(1)) - (System.nanoTime() - fromNanos);
        }
    }

    /** Begins to send. */
    public void start() {
        pace(pace.perSecond());
        thread = new Thread(this::send, "traffic");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on so many records a second: none for 0, as many as go for infinitely many. */
    public void pace(double perSecond) {
        pace = new Pace(System.nanoTime(), sent.get(), perSecond);
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
        aside(transactions::end);
        aside.shutdown();
        boolean ended = aside.awaitTermination(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        producer.flush();
        Exception failed = failure.get();
        if (failed != null || !ended) {
            throw new IOException("a record was not acknowledged", failed);
        }
    }

    private void send() {
        try {
            for (long number = 1; !stopped && arrivals.hasNext(); number++) {
                records(arrivals.next(), GARBAGE_OF).forEach(this::send);
                if (number % WAITS_EVERY == 0) {
                    awaitTurn();
                }
                if (number % TRANSACTION_EVERY == 0) {
                    sendInATransaction();
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In short sleeps, since the pace may change meanwhile. */
    private void awaitTurn() throws InterruptedException {
        long left = pace.nanosUntil(sent.get());
        while (left > 0 && !stopped) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LONGEST_SLEEP_NANOS));
            left = pace.nanosUntil(sent.get());
        }
    }

    /** Beside the rest, of which none waits until a transaction has ended. */
    private void sendInATransaction() {
        List<ProducerRecord<byte[], byte[]>> together = new ArrayList<>();
        for (int count = 0; count < IN_A_TRANSACTION && arrivals.hasNext(); count++) {
            together.addAll(records(arrivals.next(), GARBAGE_OF_TRANSACTION));
        }
        sent.addAndGet(together.size());
        aside(() -> transactions.write(together));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void aside(Work work) {
        aside.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** One that arrives, and once in so many times garbage before it. */
    private List<ProducerRecord<byte[], byte[]>> records(Arrival arrival, int garbageOf) {
        byte[] event = events.of(arrival.sent());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (random.nextInt(garbageOf) == 0) {
            Garbage garbage = GARBAGE.get(random.nextInt(GARBAGE.size()));
            records.add(record(arrival, garbage.of(event, random)));
        }
        records.add(record(arrival, event));
        return records;
    }

    private static ProducerRecord<byte[], byte[]> record(Arrival arrival, byte @Nullable [] value) {
        OracleRecord record = arrival.sent();
        return new ProducerRecord<>(Events.topicOf(record), null, arrival.arrivalMs(), Events.keyOf(record), value);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        sent.incrementAndGet();
        // The callback says all that the future would.
        Future<RecordMetadata> unused = producer.send(record, (metadata, failed) -> {
            if (failed == null) {
                journal.acknowledged(metadata);
            } else {
                failure.compareAndSet(null, failed);
            }
        });
    }

    @Override
    public void close() {
        stopped = true;
        aside.shutdownNow();
        producer.close(Duration.ofSeconds(10));
        transactions.close();
    }
}
