package dev.lastmile.faults.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A customer's transactions, every other one of which is aborted once all of it lies in the topic. Of one that fails, since the broker
 * is killed in the midst of it, nobody knows how it ended, and it is in no journal.
 */
final class Transactions implements AutoCloseable {

    private static final String ID = "traffic";
    private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

    private final Map<String, Object> settings;
    private final Journal journal;
    private volatile @Nullable KafkaProducer<byte[], byte[]> producer;
    private long begun;

    /**
     * @param settings of a producer without transactions
     * @param journal of what becomes of them
     */
    Transactions(Map<String, Object> settings, Journal journal) {
        this.settings = new HashMap<>(settings);
        this.settings.put("transactional.id", ID);
        this.settings.put("client.id", ID);
        this.settings.put("linger.ms", 0);
        this.journal = journal;
    }

    /** Writes all of it in one, and ends that. */
    void write(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
        boolean abort = begun++ % 2 == 0;
        try {
            KafkaProducer<byte[], byte[]> open = open();
            open.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(open.send(record)));
            // An abort would throw away what was not sent yet, and nothing would be there that must not be seen.
            open.flush();
            List<RecordMetadata> written = new ArrayList<>();
            for (Future<RecordMetadata> one : sent) {
                written.add(one.get());
            }
            if (abort) {
                open.abortTransaction();
                written.forEach(journal::aborted);
            } else {
                open.commitTransaction();
                written.forEach(journal::acknowledged);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | ExecutionException brokerGone) {
            // The next one of this name ends what this one left open.
            close();
        }
    }

    private KafkaProducer<byte[], byte[]> open() {
        KafkaProducer<byte[], byte[]> known = producer;
        if (known == null) {
            known = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = known;
            known.initTransactions();
        }
        return known;
    }

    /** Leaves none open; waits for the broker where it is away. */
    void end() {
        if (producer == null && begun > 0) {
            open();
        }
    }

    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> known = producer;
        producer = null;
        if (known != null) {
            known.close(GONE_WITHIN);
        }
    }
}
