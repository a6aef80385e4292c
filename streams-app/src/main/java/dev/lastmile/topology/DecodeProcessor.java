package dev.lastmile.topology;

import dev.lastmile.topology.bundle.HeldPartitions;
import dev.lastmile.topology.serde.SourceRecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
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
 * into a store and tried again every second; it is never a dead letter for that, unless it turns out then that its topic has more new
 * ids than get their turn. What comes after it with the same id waits behind it.
 * Where too many of a topic wait, its partition is held: not read, until some are judged.
 */
final class DecodeProcessor implements Processor<SourceKey, Incoming, byte[], Intake> {

    static final String UNDECIDED_STORE = "undecided";

    /** Of what goes from one processor to the next. */
    static final byte[] NO_KEY = {};

    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    private final EventDecoder decoder;
    private final Admission admission;
    private final CustomerTopics customerTopics;
    private final HeldPartitions held;
    private final Map<String, SourceTopic> topics = new HashMap<>();
    private final WaitingRecords waiting = new WaitingRecords();

    /** Those that are held here. */
    private final Set<TopicPartition> heldHere = new HashSet<>();

    private @Nullable ProcessorContext<byte[], Intake> context;
    private @Nullable KeyValueStore<Bytes, byte[]> undecided;

    DecodeProcessor(EventDecoder decoder, Admission admission, CustomerTopics customerTopics, HeldPartitions held) {
        this.decoder = decoder;
        this.admission = admission;
        this.customerTopics = customerTopics;
        this.held = held;
    }

    @Override
    public void init(ProcessorContext<byte[], Intake> newContext) {
        context = newContext;
        KeyValueStore<Bytes, byte[]> store = newContext.getStateStore(UNDECIDED_STORE);
        undecided = store;
        releaseAll();
        waiting.clear();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                SourceRecord source = SourceRecordCodec.read(all.next().value);
                // Why it waits is not known any more: it is not held against its topic.
                waiting.add(source, decoder.schemaOf(source), false);
            }
        }
        waiting.topics().forEach(topic -> holdIfFull(newContext, topic));
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
            OptionalInt schema = decoder.schemaOf(source);
            boolean isThrottled = undecidedIntake.throttled();
            if (isThrottled && schema.isPresent() && !waiting.mayWaitItsTurn(source.topic(), schema.getAsInt())) {
                return tooManySchemas(source);
            }
            keep(source, schema, isThrottled);
            return intake;
        }
        // The first one with an id stands.
        if (waiting.isAnyBefore(source)) {
            keep(source, decoder.schemaOf(source), false);
            return new Intake.Undecided(source, false);
        }
        return intake;
    }

    private static Intake.OfRecord tooManySchemas(SourceRecord source) {
        return new Intake.Refused(RefusalReason.TOO_MANY_SCHEMAS, source, null, null);
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

    private void keep(SourceRecord source, OptionalInt schema, boolean isThrottled) {
        byte[] key = SourceRecordCodec.key(source.topic(), source.partition(), source.offset());
        started(undecided).put(Bytes.wrap(key), SourceRecordCodec.write(source));
        waiting.add(source, schema, isThrottled);
        holdIfFull(started(context), source.topic());
    }

    private void retry(ProcessorContext<byte[], Intake> live, KeyValueStore<Bytes, byte[]> store) {
        SourceRecord last = null;
        for (SourceTopic topic : waiting.topics()) {
            SourceRecord lastOfTopic = retry(live, store, topic);
            last = lastOfTopic == null ? last : lastOfTopic;
        }
        if (last != null) {
            live.forward(new Record<>(NO_KEY, new Intake.EndOfIntake(), last.appendMs()));
        }
        waiting.topics().forEach(topic -> holdIfFull(live, topic));
        releaseWhereThereIsRoom();
    }

    /** Reads only those that can be judged: of what waits there may be megabytes, every second. */
    private @Nullable SourceRecord retry(
            ProcessorContext<byte[], Intake> live, KeyValueStore<Bytes, byte[]> store, SourceTopic topic) {
        List<Integer> schemas = waiting.schemasInTurn(topic);
        Set<Integer> known = new HashSet<>();
        List<Integer> later = new ArrayList<>();
        for (int schema : schemas) {
            SchemaSource.Resolution resolution = decoder.resolve(topic, schema);
            if (resolution instanceof SchemaSource.Resolution.Usable
                    || resolution instanceof SchemaSource.Resolution.Refused) {
                known.add(schema);
            } else if (resolution instanceof SchemaSource.Resolution.Throttled) {
                later.add(schema);
            }
        }
        Set<Integer> tooMany = waiting.beyondTheirTurn(topic, later);
        known.addAll(tooMany);
        if (known.isEmpty() && !schemas.isEmpty()) {
            return null;
        }
        SourceRecord last = null;
        Set<Long> still = new HashSet<>();
        for (WaitingRecords.One one : waiting.of(topic)) {
            boolean isKnown =
                    one.schema().isEmpty() || known.contains(one.schema().getAsInt());
            boolean isOneTooMany =
                    one.schema().isPresent() && tooMany.contains(one.schema().getAsInt());
            SourceRecord judged =
                    isKnown && !still.contains(one.key()) ? judge(live, store, topic, one, isOneTooMany) : null;
            if (judged == null) {
                still.add(one.key());
            } else {
                last = judged;
            }
        }
        return last;
    }

    /** Absent where it still cannot be judged. */
    private @Nullable SourceRecord judge(
            ProcessorContext<byte[], Intake> live,
            KeyValueStore<Bytes, byte[]> store,
            SourceTopic topic,
            WaitingRecords.One one,
            boolean isOneTooMany) {
        Bytes key = Bytes.wrap(SourceRecordCodec.key(topic, live.taskId().partition(), one.offset()));
        byte[] kept = store.get(key);
        if (kept == null) {
            throw new IllegalStateException("a record that waits is not in the store: offset " + one.offset());
        }
        SourceRecord source = SourceRecordCodec.read(kept);
        Intake.OfRecord intake = isOneTooMany ? tooManySchemas(source) : admission.admit(decoder.decode(source));
        if (intake instanceof Intake.Undecided) {
            return null;
        }
        store.delete(key);
        waiting.remove(topic, one);
        forward(live, List.of(new Intake.Released(source), intake), source.appendMs());
        return source;
    }

    private void holdIfFull(ProcessorContext<byte[], Intake> live, SourceTopic topic) {
        if (waiting.isFull(topic)) {
            TopicPartition partition =
                    new TopicPartition(topic.name(), live.taskId().partition());
            heldHere.add(partition);
            // Also where it is already: whoever had the partition before may have released it since.
            held.hold(partition);
        }
    }

    private void releaseWhereThereIsRoom() {
        heldHere.removeIf(partition -> {
            boolean hasRoom = waiting.hasRoom(SourceTopic.of(partition.topic()));
            if (hasRoom) {
                held.release(partition);
            }
            return hasRoom;
        });
    }

    private void releaseAll() {
        heldHere.forEach(held::release);
        heldHere.clear();
    }

    @Override
    public void close() {
        releaseAll();
    }

    static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("used before init");
        }
        return part;
    }
}
