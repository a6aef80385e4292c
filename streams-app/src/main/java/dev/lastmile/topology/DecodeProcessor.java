package dev.lastmile.topology;

import dev.lastmile.topology.serde.SourceRecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Raw records in, one by one or in bundles, judged records out. A record that cannot be judged while the registry is away is put
 * into a store and tried again every second; it is never a dead letter for that. What comes after it with the same id waits behind it.
 */
final class DecodeProcessor implements Processor<SourceKey, Incoming, byte[], Intake> {

    static final String UNDECIDED_STORE = "undecided";

    /** Above this many waiting records a task stops reading, by failing and being retried, instead of growing. */
    static final int MAX_UNDECIDED = 10_000;

    /**
     * Above this many waiting records of one topic, those whose look-up is held back are refused: it is the topic's own
     * unknown ids that fill the store, and no other customer may suffer for them.
     */
    static final int MAX_THROTTLED = 1_000;

    /** Of what goes from one processor to the next. */
    static final byte[] NO_KEY = {};

    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    private final EventDecoder decoder;
    private final Admission admission;
    private final CustomerTopics customerTopics;
    private final Map<String, SourceTopic> topics = new HashMap<>();

    private @Nullable ProcessorContext<byte[], Intake> context;
    private @Nullable KeyValueStore<Bytes, byte[]> undecided;
    private final WaitingRecords waiting = new WaitingRecords();

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
        waiting.clear();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                waiting.add(SourceRecordCodec.read(all.next().value));
            }
        }
        newContext.schedule(RETRY_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> retry(newContext, store));
    }

    @Override
    public void process(Record<SourceKey, Incoming> record) {
        ProcessorContext<byte[], Intake> live = started(context);
        if (record.value() instanceof Incoming.Many many) {
            List<ConsumerRecord<byte[], byte[]>> records = many.bundle().records();
            List<Intake.OfRecord> taken = new ArrayList<>(records.size());
            SourceTopic topic = topicOf(records.get(0).topic());
            for (ConsumerRecord<byte[], byte[]> its : records) {
                taken.add(take(new SourceRecord(
                        topic,
                        its.partition(),
                        its.offset(),
                        SourceRecord.appendMsOf(its.timestamp()),
                        its.key(),
                        its.value())));
            }
            forward(live, taken, record.timestamp());
            many.bundle().workedOff();
        } else if (record.value() instanceof Incoming.One one) {
            RecordMetadata metadata =
                    live.recordMetadata().orElseThrow(() -> new IllegalStateException("a source record has metadata"));
            SourceRecord source = new SourceRecord(
                    topicOf(metadata.topic()),
                    metadata.partition(),
                    metadata.offset(),
                    record.timestamp(),
                    record.key().bytes(),
                    one.value());
            forward(live, List.of(take(source)), record.timestamp());
        }
    }

    private Intake.OfRecord take(SourceRecord source) {
        Intake.OfRecord intake = admission.admit(decoder.decode(source));
        if (intake instanceof Intake.Undecided undecidedIntake) {
            if (undecidedIntake.throttled() && waiting.ofTopic(source) >= MAX_THROTTLED) {
                return new Intake.Refused(RefusalReason.TOO_MANY_SCHEMAS, source, null, null);
            }
            keep(source);
            return intake;
        }
        // The first one with an id stands. Beyond a topic's share order gives way: it is that customer who made so many
        // wait.
        if (waiting.isAnyBefore(source) && waiting.ofTopic(source) < MAX_THROTTLED) {
            keep(source);
            return new Intake.Undecided(source, false);
        }
        return intake;
    }

    private static void forward(ProcessorContext<byte[], Intake> live, List<Intake.OfRecord> taken, long appendMs) {
        live.forward(new Record<>(NO_KEY, new Intake.Taken(taken), appendMs));
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
        if (waiting.count() >= MAX_UNDECIDED) {
            throw new TooManyWaitException(MAX_UNDECIDED);
        }
        started(undecided).put(Bytes.wrap(SourceRecordCodec.key(source)), SourceRecordCodec.write(source));
        waiting.add(source);
    }

    private void retry(ProcessorContext<byte[], Intake> live, KeyValueStore<Bytes, byte[]> store) {
        if (waiting.count() == 0) {
            return;
        }
        SourceRecord last = null;
        Set<WaitingRecords.Key> still = new HashSet<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                SourceRecord source = SourceRecordCodec.read(entry.value);
                if (still.contains(WaitingRecords.Key.of(source))) {
                    continue;
                }
                Intake.OfRecord intake = admission.admit(decoder.decode(source));
                if (intake instanceof Intake.Undecided) {
                    still.add(WaitingRecords.Key.of(source));
                    continue;
                }
                store.delete(entry.key);
                waiting.remove(source);
                forward(live, List.of(new Intake.Released(source), intake), source.appendMs());
                last = source;
            }
        }
        if (last != null) {
            live.forward(new Record<>(NO_KEY, new Intake.EndOfIntake(), last.appendMs()));
        }
    }

    static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("used before init");
        }
        return part;
    }
}
