package dev.lastmile.topology;

import dev.lastmile.topology.serde.SourceRecordCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Raw records in, judged records out. A record that cannot be judged while the registry is away is put into a store and
 * tried again every second; it is never a dead letter for that.
 */
final class DecodeProcessor implements Processor<SourceKey, byte[], byte[], Intake> {

    static final String UNDECIDED_STORE = "undecided";

    /** Above this many waiting records a task stops reading, by failing and being retried, instead of growing. */
    static final int MAX_UNDECIDED = 10_000;

    /**
     * Above this many waiting records of one topic, those whose look-up is held back are refused: it is the topic's own
     * unknown ids that fill the store, and no other customer may suffer for them.
     */
    static final int MAX_THROTTLED = 1_000;

    /** A longer key goes no further: none that fits an inference id is, and it could make a dead letter too large. */
    private static final int MAX_KEY_BYTES = 1_024;

    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    private final EventDecoder decoder;
    private final Admission admission;
    private final CustomerTopics customerTopics;
    private final Map<String, SourceTopic> topics = new HashMap<>();

    private @Nullable ProcessorContext<byte[], Intake> context;
    private @Nullable KeyValueStore<Bytes, byte[]> undecided;
    private final Map<String, Integer> undecidedOfTopic = new HashMap<>();
    private int undecidedCount;

    DecodeProcessor(EventDecoder decoder, Admission admission, CustomerTopics customerTopics) {
        this.decoder = decoder;
        this.admission = admission;
        this.customerTopics = customerTopics;
    }

    @Override
    public void init(ProcessorContext<byte[], Intake> newContext) {
        context = newContext;
        KeyValueStore<Bytes, byte[]> store = newContext.getStateStore(UNDECIDED_STORE);
        undecided = store;
        undecidedCount = 0;
        undecidedOfTopic.clear();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                count(SourceRecordCodec.read(all.next().value), 1);
            }
        }
        newContext.schedule(RETRY_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> retry(newContext, store));
    }

    @Override
    public void process(Record<SourceKey, byte[]> record) {
        ProcessorContext<byte[], Intake> live = started(context);
        RecordMetadata metadata =
                live.recordMetadata().orElseThrow(() -> new IllegalStateException("a source record has metadata"));
        SourceRecord source = new SourceRecord(
                topicOf(metadata.topic()),
                metadata.partition(),
                metadata.offset(),
                record.timestamp(),
                record.key().bytes(),
                record.value());
        Intake intake = admission.admit(decoder.decode(source));
        if (intake instanceof Intake.Undecided undecidedIntake) {
            if (undecidedIntake.throttled() && waitingOf(source) >= MAX_THROTTLED) {
                intake = new Intake.Refused(RefusalReason.UNKNOWN_SCHEMA, source, null, null);
            } else {
                keep(source);
            }
        }
        forward(live, source, intake);
    }

    private static void forward(ProcessorContext<byte[], Intake> live, SourceRecord source, Intake intake) {
        byte[] key = source.key();
        byte[] carried = key == null || key.length > MAX_KEY_BYTES ? null : key;
        live.forward(new Record<>(carried, intake, source.appendMs()));
    }

    private int waitingOf(SourceRecord source) {
        return undecidedOfTopic.getOrDefault(source.topic().name(), 0);
    }

    private void count(SourceRecord source, int delta) {
        undecidedOfTopic.merge(source.topic().name(), delta, Integer::sum);
        undecidedCount += delta;
    }

    private SourceTopic topicOf(String name) {
        SourceTopic known = topics.get(name);
        if (known == null) {
            known = SourceTopic.of(name);
            customerTopics.require(known.customer());
            topics.put(name, known);
        }
        return known;
    }

    private void keep(SourceRecord source) {
        if (undecidedCount >= MAX_UNDECIDED) {
            throw new StreamsException("The schema registry does not answer and " + MAX_UNDECIDED
                    + " records wait for it: reading stops until it is back");
        }
        started(undecided).put(Bytes.wrap(SourceRecordCodec.key(source)), SourceRecordCodec.write(source));
        count(source, 1);
    }

    private void retry(ProcessorContext<byte[], Intake> live, KeyValueStore<Bytes, byte[]> store) {
        if (undecidedCount == 0) {
            return;
        }
        SourceRecord last = null;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                SourceRecord source = SourceRecordCodec.read(entry.value);
                Intake intake = admission.admit(decoder.decode(source));
                if (intake instanceof Intake.Undecided) {
                    continue;
                }
                store.delete(entry.key);
                count(source, -1);
                forward(live, source, new Intake.Released(source));
                forward(live, source, intake);
                last = source;
            }
        }
        if (last != null) {
            forward(live, last, new Intake.EndOfIntake());
        }
    }

    static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("used before init");
        }
        return part;
    }
}
