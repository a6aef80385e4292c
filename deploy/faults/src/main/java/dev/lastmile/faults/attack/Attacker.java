package dev.lastmile.faults.attack;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends hostile records until it is closed. */
public final class Attacker implements AutoCloseable {

    private static final int LOOKS_EVERY = 32;

    private final Attack attack;
    private final HostileRecords records;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final Thread thread = new Thread(this::attack, "attacker");
    private volatile boolean stopped;

    private Attacker(Attack attack, HostileRecords records, KafkaProducer<byte[], byte[]> producer) {
        this.attack = attack;
        this.records = records;
        this.producer = producer;
    }

    /** Begins. */
    public static Attacker start(Attack attack, String bootstrapServers, String registryUrl, long seed) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("linger.ms", 10);
        if (attack == Attack.HUNG_TRANSACTION) {
            settings.put("transactional.id", "stranger");
            settings.put("transaction.timeout.ms", (int) Duration.ofMinutes(10).toMillis());
        }
        Attacker attacker = new Attacker(
                attack,
                new HostileRecords(attack, registryUrl, seed),
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
        attacker.thread.setDaemon(true);
        attacker.thread.start();
        return attacker;
    }

    private void attack() {
        if (attack == Attack.HUNG_TRANSACTION) {
            producer.initTransactions();
            producer.beginTransaction();
        }
        long started = System.nanoTime();
        try {
            for (long number = 0; !stopped; number++) {
                var unused = producer.send(records.next(number), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    }
                });
                if (number % LOOKS_EVERY == 0 || attack.perSecond() < LOOKS_EVERY) {
                    long due = started + (long) (number / attack.perSecond() * TimeUnit.SECONDS.toNanos(1));
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            // Closed while it waited for room.
            stopped = true;
        }
    }

    /** How many of its records the broker has. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Sends nothing more; what hangs is aborted. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (attack == Attack.HUNG_TRANSACTION) {
            producer.abortTransaction();
        }
        producer.close(Duration.ofSeconds(10));
        records.close();
    }
}
