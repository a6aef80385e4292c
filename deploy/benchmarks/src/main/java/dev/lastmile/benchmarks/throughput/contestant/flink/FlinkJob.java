package dev.lastmile.benchmarks.throughput.contestant.flink;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.throughput.contestant.Clients;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.Stage;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job on Apache Flink: join by inference id, a count for each slice, running sums by slice and hour; parallelism 1. No
 * validation, ledger, deduplication, corrections or horizon. The sums are not written to a topic, and checkpoints go to one local
 * directory, unreplicated, where Kafka Streams writes changelogs to a broker: all that is to this job's advantage.
 */
public final class FlinkJob implements Contestant {

    /** As most would write it. */
    public static final FlinkJob PLAIN = new FlinkJob("Flink, plain", false, Backend.ROCKSDB);

    /** Counts are combined on the heap before they are sorted by slice. */
    public static final FlinkJob COMBINED = new FlinkJob("Flink, combined by hand", true, Backend.ROCKSDB);

    /** The same with all state on the heap, beside which nothing is claimed: it holds what fits there. */
    public static final FlinkJob ON_HEAP = new FlinkJob("Flink, combined by hand, on the heap", true, Backend.HEAP);

    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    private final String label;
    private final boolean combined;
    private final Backend backend;

    private FlinkJob(String label, boolean combined, Backend backend) {
        this.label = label;
        this.combined = combined;
        this.backend = backend;
    }

    @Override
    public String label() {
        return label;
    }

    /** As Flink's own scripts start it; it runs without them too. */
    @Override
    public List<String> javaOptions() {
        return Stream.of("java.lang", "java.net", "java.io", "java.nio", "sun.nio.ch", "java.time", "java.util")
                .map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED")
                .toList();
    }

    @Override
    public String hiddenLibrary() {
        return KAFKA_STREAMS_ROCKSDB;
    }

    @Override
    public Running start(Stage stage) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(FlinkSettings.of(stage, backend));
        build(environment, stage);
        try {
            long expected = stage.expected().labelled() * (Load.DIMENSIONS.size() + 1);
            return new RunningJob(environment.executeAsync(label), stage, expected);
        } catch (Exception e) {
            // Flink declares no more than that.
            throw new IllegalStateException("the job did not start", e);
        }
    }

    private void build(StreamExecutionEnvironment environment, Stage stage) {
        DataStream<Answered> answers = from(
                Clients.INFERENCES,
                new Decoder<>(stage.registryUrl(), InferenceEvent.class, FlinkJob::answered, Answered.TYPE),
                stage,
                environment);
        DataStream<Learned> truths = from(
                Clients.TRUTHS,
                new Decoder<>(stage.registryUrl(), GroundTruthEvent.class, FlinkJob::learned, Learned.TYPE),
                stage,
                environment);
        SingleOutputStreamOperator<Counted> counts = answers.connect(truths)
                .keyBy(Answered::id, Learned::id, Types.STRING)
                .process(new Join(), Counted.TYPE)
                .name("join")
                .uid("join");
        if (combined) {
            counts = counts.transform("combine", Counted.TYPE, new Combine()).uid("combine");
        }
        counts.keyBy(Counted::sliceAndHour, Types.TUPLE(Types.STRING, Types.LONG))
                .process(new HourlySums(stage.application()), Counted.TYPE)
                .name("sum")
                .uid("sum")
                .sinkTo(new Results.ToResults(stage.application()))
                .name("results")
                .uid("results");
    }

    private static <T> DataStream<T> from(
            String topic, Decoder<?, T> decoder, Stage stage, StreamExecutionEnvironment environment) {
        KafkaSource<T> source = KafkaSource.<T>builder()
                .setBootstrapServers(stage.bootstrapServers())
                .setGroupId(stage.application())
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(decoder)
                .build();
        TypeInformation<T> type = decoder.getProducedType();
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), topic, type)
                .uid(topic);
    }

    private static Answered answered(InferenceEvent event) {
        Map<String, String> attributes = event.getAttributes();
        String[] slices = new String[Load.DIMENSIONS.size() + 1];
        slices[0] = Sums.OVERALL;
        for (int i = 1; i < slices.length; i++) {
            String dimension = Load.DIMENSIONS.get(i - 1).name();
            slices[i] = dimension + "=" + attributes.get(dimension);
        }
        long occurredAtMs = event.getOccurredAt().toEpochMilli();
        return new Answered(
                event.getInferenceId(),
                event.getDeployment(),
                ((Label) event.getOutput()).getValue(),
                occurredAtMs - Math.floorMod(occurredAtMs, HOUR_MS),
                slices);
    }

    private static Learned learned(GroundTruthEvent event) {
        return new Learned(event.getInferenceId(), ((Label) event.getTruth()).getValue());
    }
}
