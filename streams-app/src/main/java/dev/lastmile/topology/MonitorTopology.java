package dev.lastmile.topology;

import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.topology.bundle.TopicPair;
import dev.lastmile.topology.damage.SelfRestoring;
import dev.lastmile.topology.serde.AlertEvents;
import dev.lastmile.topology.serde.DeadLetterEvents;
import dev.lastmile.topology.serde.DeltaCodec;
import dev.lastmile.topology.serde.StatisticsSerializer;
import dev.lastmile.topology.waiting.JoinStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The flow, top to bottom.
 *
 * <pre>
 * customers' topics ─► decode ─► join ─► deltas (keyed by deployment) ─► watch ─► alerts, statistics
 *                                 └─► dead letters   ▲
 * operators' topic ──► command ──────────────────────┘
 * </pre>
 *
 * The first stage runs once a partition and scales with the customers' events. The second sees a few messages a second
 * whatever the event rate, and has all slices of a deployment in one place.
 */
public final class MonitorTopology {

    /** The internal topic between the stages is named after this. */
    static final String DELTAS = "deltas";

    private static final String CHANGELOG = "-changelog";
    private static final String REPARTITION = "-repartition";

    /** The table of the deployments that got messages since the last commit. */
    private static final String GATHERED = "gathered";

    private static final Serde<Boolean> ANYTHING =
            Serdes.serdeFrom((topic, value) -> new byte[] {1}, (topic, bytes) -> true);

    private MonitorTopology() {}

    /** Chooses the topic of the customer whom a record is for; prints as the same words in every process. */
    private record ToCustomer<K, V>(String entity, Function<V, String> topic) implements TopicNameExtractor<K, V> {
        @Override
        public String extract(K key, V value, RecordContext context) {
            return topic.apply(value);
        }

        @Override
        public String toString() {
            return "the customer's " + entity;
        }
    }

    /** All topics that customers write to. */
    public static Pattern customersTopics() {
        return SourceTopic.ALL;
    }

    /** The two topics of a customer, of which this is one: their records may come in bundles, and need not. Empty for any other. */
    public static Optional<TopicPair> pairOf(String topic) {
        return SourceTopic.ALL.matcher(topic).matches()
                ? Topics.customerOf(topic)
                        .map(customer -> new TopicPair(Topics.inferences(customer), Topics.groundTruth(customer)))
                : Optional.empty();
    }

    /** The topics that Kafka Streams makes for it, in which it keeps what was counted. */
    public static List<String> ownTopics(String applicationId) {
        return Stream.of(
                        DecodeProcessor.UNDECIDED_STORE + CHANGELOG,
                        JoinStore.NAME + CHANGELOG,
                        DeploymentProcessor.STORE + CHANGELOG,
                        DELTAS + REPARTITION)
                .map(topic -> applicationId + "-" + topic)
                .toList();
    }

    /** Whether a topic of the stream's own may be made although something was read: it counts nothing, and earlier builds had none. */
    public static boolean mayBeNew(String topic) {
        return topic.endsWith("-" + Enrolment.STORE + "-changelog");
    }

    /** The topology under these settings. */
    public static Topology build(TopologySettings settings) {
        TrustedRecords.trust();
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(store(DecodeProcessor.UNDECIDED_STORE, settings));
        JoinStore joinStore = new JoinStore();
        builder.addStateStore(joinStore.builder(settings.restorable()));
        builder.addStateStore(new Tallies.Builder());
        builder.addStateStore(logged(
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Enrolment.STORE), Serdes.String(), Serdes.Long()),
                settings));
        builder.addStateStore(store(DeploymentProcessor.STORE, settings));

        KStream<SourceKey, Incoming> customers = builder.stream(
                SourceTopic.ALL,
                Consumed.<SourceKey, Incoming>as("customers")
                        .withKeySerde(SourceKey.serde())
                        .withValueSerde(Incoming.serde())
                        .withTimestampExtractor((record, highest) -> SourceRecord.appendMsOf(record.timestamp())));
        KStream<byte[], Step> steps = join(customers, joinStore, settings);
        steps.filter((key, step) -> step instanceof Step.PutAway, Named.as("is-refused"))
                .mapValues(step -> DeadLetterEvents.of(((Step.PutAway) step).letter()), Named.as("dead-letter"))
                .to(
                        new ToCustomer<>("dead-letters", letter -> Topics.deadLetters(letter.getCustomer())),
                        Produced.<byte[], DeadLetterEvent>as("dead-letters")
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(writing(settings)));

        KStream<String, Report> reports = watch(deltas(steps), settings);
        reports.filter((key, report) -> report instanceof Report.OfAlert, Named.as("is-alert"))
                .mapValues(report -> AlertEvents.of((Report.OfAlert) report), Named.as("alert"))
                .to(new ToCustomer<>("alerts", alert -> Topics.alerts(alert.getCustomer())), to("alerts", settings));
        reports.filter((key, report) -> report instanceof Report.OfCell, Named.as("is-statistic"))
                .mapValues(report -> (Report.OfCell) report, Named.as("statistic"))
                .to(
                        new ToCustomer<>(
                                "slice-statistics",
                                report -> Topics.sliceStatistics(
                                        report.deployment().customer())),
                        Produced.<String, Report.OfCell>as("slice-statistics")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(writing(new StatisticsSerializer(settings.avroSerializer()))));
        Topology topology = builder.build();
        OperatorCommands operators = settings.commands();
        if (operators != null) {
            addCommands(topology, settings.policies(), operators);
        }
        return topology;
    }

    private static KStream<byte[], Step> join(
            KStream<SourceKey, Incoming> customers, JoinStore store, TopologySettings settings) {
        Policies policies = settings.policies();
        KStream<byte[], Intake> intakes = customers.process(
                () -> new DecodeProcessor(
                        settings.decoders().get(), new Admission(policies), settings.customerTopics(), settings.held()),
                Named.as("decode"),
                DecodeProcessor.UNDECIDED_STORE);
        // A replay's driver commits after every record, so that there the clock drains.
        boolean drainsByClock = !settings.restorable();
        KStream<byte[], Intake> taken =
                drainsByClock ? intakes : intakes.merge(commits(customers), Named.as("intakes"));
        return taken.process(
                () -> new JoinProcessor(policies, store, settings.pace(), drainsByClock),
                Named.as("join"),
                JoinStore.NAME,
                Tallies.STORE,
                Enrolment.STORE);
    }

    /** Says that a commit is about to come. Built after the decoding, so that it sees each record after the join has. */
    private static KStream<byte[], Intake> commits(KStream<SourceKey, Incoming> customers) {
        return customers
                .processValues(CommitSignal::new, Named.as("will-commit"), Tallies.STORE)
                .groupByKey(Grouped.with(CommitSignal.STORE, SourceKey.serde(), ANYTHING))
                .reduce(
                        (before, now) -> now,
                        Named.as(CommitSignal.STORE),
                        Materialized.<SourceKey, Boolean>as(Stores.inMemoryKeyValueStore(CommitSignal.STORE))
                                .withKeySerde(SourceKey.serde())
                                .withValueSerde(ANYTHING)
                                .withCachingEnabled()
                                .withLoggingDisabled())
                .toStream(Named.as("commits"))
                .map(
                        (key, any) -> KeyValue.pair(DecodeProcessor.NO_KEY, new Intake.EndOfIntake()),
                        Named.as("end-of-intake"));
    }

    /** Sums, a few messages a second whatever the event rate. */
    private static KStream<String, byte[]> deltas(KStream<byte[], Step> steps) {
        return steps.filter((key, step) -> step instanceof Step.Send, Named.as("is-delta"))
                .map(
                        (key, step) -> {
                            Delta delta = ((Step.Send) step).delta();
                            return KeyValue.pair(delta.deployment().toString(), DeltaCodec.write(delta));
                        },
                        Named.as("delta"));
    }

    private static KStream<String, Report> watch(KStream<String, byte[]> deltas, TopologySettings settings) {
        Policies policies = settings.policies();
        TopologySettings.Pace pace = settings.pace();
        KStream<String, byte[]> messages = deltas.repartition(Repartitioned.<String, byte[]>as(DELTAS)
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.ByteArray()));
        KStream<String, Arrival> arrivals = messages.mapValues(Arrival.Message::new, Named.as("arrive"));
        boolean gathers = settings.restorable();
        return (gathers ? arrivals.merge(commitsOf(messages), Named.as("arrivals")) : arrivals)
                .process(
                        () -> new DeploymentProcessor(
                                policies, settings.snapshots(), settings.minimumShown(), pace.publishEvery(), gathers),
                        Named.as("watch"),
                        DeploymentProcessor.STORE);
    }

    /**
     * Says of a deployment that a commit is about to come: each message puts an entry into a cached table, and the cache is
     * flushed before the commit, see {@link CommitSignal}. Built last, so that a message is gathered before its entry is made,
     * which may be evicted at once. The store of deployments has no cache: what it would keep may have been flushed already.
     */
    private static KStream<String, Arrival> commitsOf(KStream<String, byte[]> messages) {
        return messages.mapValues(any -> true, Named.as("will-commit-watch"))
                .groupByKey(Grouped.with(GATHERED, Serdes.String(), ANYTHING))
                .reduce(
                        (before, now) -> now,
                        Named.as(GATHERED),
                        Materialized.<String, Boolean>as(Stores.inMemoryKeyValueStore(GATHERED))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(ANYTHING)
                                .withCachingEnabled()
                                .withLoggingDisabled())
                .toStream(Named.as("commits-of-watch"))
                .mapValues(any -> new Arrival.CommitToCome(), Named.as("end-of-messages"));
    }

    /**
     * A sub-topology of its own that writes to the topic between the stages, which the builder has no words for. Its topic is
     * found by a pattern, since one that is named has to exist before the stream can start; and were this a part of the first
     * stage, tasks that run when the topic is made would not know it and die.
     */
    private static void addCommands(Topology topology, Policies policies, OperatorCommands operators) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                "operators",
                (record, highest) -> SourceRecord.appendMsOf(record.timestamp()),
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer(),
                Pattern.compile(operators.topic().replace(".", "\\.")));
        Serializer<Delta> messages = (topic, delta) -> DeltaCodec.write(delta);
        topology.addProcessor("command", () -> new CommandProcessor(policies, operators), "operators");
        topology.addSink("commands", DELTAS + REPARTITION, Serdes.String().serializer(), messages, "command");
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name, TopologySettings settings) {
        return logged(
                Stores.keyValueStoreBuilder(
                        new SelfRestoring(Stores.persistentKeyValueStore(name)), Serdes.Bytes(), Serdes.ByteArray()),
                settings);
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> logged(
            StoreBuilder<KeyValueStore<K, V>> store, TopologySettings settings) {
        return settings.restorable() ? store.withLoggingEnabled(Map.of()) : store.withLoggingDisabled();
    }

    private static <V> Produced<String, V> to(String name, TopologySettings settings) {
        return Produced.<String, V>as(name).withKeySerde(Serdes.String()).withValueSerde(writing(settings));
    }

    private static <V> Serde<V> writing(TopologySettings settings) {
        return writing((topic, event) -> settings.avroSerializer().serialize(topic, event));
    }

    private static <V> Serde<V> writing(Serializer<V> serializer) {
        Deserializer<V> none = (topic, bytes) -> {
            throw new UnsupportedOperationException("these topics are only written");
        };
        return Serdes.serdeFrom(serializer, none);
    }
}
