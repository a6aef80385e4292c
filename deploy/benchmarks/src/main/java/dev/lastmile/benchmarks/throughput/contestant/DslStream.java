package dev.lastmile.benchmarks.throughput.contestant;

import dev.lastmile.benchmarks.load.Dimension;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The job as most would write it with the DSL: join the two streams, group by slice, aggregate by the hour. No ledger, no
 * deduplication, no corrections. Both sides are made small before they are joined, which is to its advantage.
 */
public final class DslStream implements Contestant {

    private static final JoinWindows WITHIN_THE_HORIZON = JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofDays(14));
    private static final TimeWindows HOURLY = TimeWindows.ofSizeAndGrace(Duration.ofHours(1), Duration.ofDays(14));

    @Override
    public String label() {
        return "naive DSL";
    }

    @Override
    public Running start(Stage stage) {
        Map<String, Sums.Cell> newest = new ConcurrentHashMap<>();
        AtomicLong labelled = new AtomicLong();
        KafkaAvroDeserializer deserializer = Clients.deserializer(stage.registryUrl());
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> inferences = builder.stream(
                        Clients.INFERENCES, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .mapValues(value -> small((InferenceEvent) deserializer.deserialize(Clients.INFERENCES, value)));
        KStream<String, String> truths = builder.stream(
                        Clients.TRUTHS, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .mapValues(value -> truth((GroundTruthEvent) deserializer.deserialize(Clients.TRUTHS, value)));
        inferences
                .join(
                        truths,
                        (inference, truth) -> inference + "|" + truth,
                        WITHIN_THE_HORIZON,
                        StreamJoined.with(Serdes.String(), Serdes.String(), Serdes.String()))
                .flatMap((id, pair) -> slices(pair))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.Long()))
                .windowedBy(HOURLY)
                .aggregate(
                        () -> new byte[2 * Long.BYTES],
                        (slice, wrong, sums) -> add(wrong, sums),
                        Materialized.<String, byte[], WindowStore<Bytes, byte[]>>with(
                                Serdes.String(), Serdes.ByteArray()))
                .toStream()
                .foreach((window, sums) -> {
                    Sums.Cell now = cell(sums);
                    Sums.Cell before =
                            newest.put(window.key() + "@" + window.window().start(), now);
                    labelled.addAndGet(now.labelled() - (before == null ? 0 : before.labelled()));
                });
        long expected = stage.expected().labelled() * (Load.DIMENSIONS.size() + 1);
        return RunningStream.of(builder.build(), stage, () -> labelled.get() >= expected, () -> stage.expected()
                .differenceFrom(sumsOf(newest)));
    }

    /** {@code deployment|label|slice|slice…}. */
    private static String small(InferenceEvent event) {
        StringBuilder text = new StringBuilder(event.getDeployment())
                .append('|')
                .append(((Label) event.getOutput()).getValue())
                .append('|')
                .append(Sums.OVERALL);
        for (Dimension dimension : Load.DIMENSIONS) {
            text.append('|')
                    .append(dimension.name())
                    .append('=')
                    .append(event.getAttributes().get(dimension.name()));
        }
        return text.toString();
    }

    private static String truth(GroundTruthEvent event) {
        return ((Label) event.getTruth()).getValue();
    }

    private static List<KeyValue<String, Long>> slices(String pair) {
        String[] parts = pair.split("\\|", -1);
        long wrong = parts[1].equals(parts[parts.length - 1]) ? 0 : 1;
        List<KeyValue<String, Long>> slices = new ArrayList<>();
        for (int i = 2; i < parts.length - 1; i++) {
            slices.add(KeyValue.pair(parts[0] + " " + parts[i], wrong));
        }
        return slices;
    }

    private static byte[] add(long wrong, byte[] sums) {
        Sums.Cell cell = cell(sums);
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(cell.labelled() + 1)
                .putLong(cell.errors() + wrong)
                .array();
    }

    private static Sums.Cell cell(byte[] sums) {
        ByteBuffer buffer = ByteBuffer.wrap(sums);
        return new Sums.Cell(buffer.getLong(), buffer.getLong());
    }

    private static Sums sumsOf(Map<String, Sums.Cell> windows) {
        Sums sums = new Sums();
        windows.forEach((key, cell) -> {
            String slice = key.substring(0, key.lastIndexOf('@'));
            int space = slice.indexOf(' ');
            sums.add(slice.substring(0, space), slice.substring(space + 1), cell.labelled(), cell.errors());
        });
        return sums;
    }
}
