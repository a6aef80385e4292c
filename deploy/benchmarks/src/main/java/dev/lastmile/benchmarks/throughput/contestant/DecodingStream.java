package dev.lastmile.benchmarks.throughput.contestant;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;

/** Kafka Streams that decodes and does nothing else, exactly once. */
public final class DecodingStream implements Contestant {

    @Override
    public String label() {
        return "Streams that decodes";
    }

    @Override
    public Running start(Stage stage) {
        AtomicLong decoded = new AtomicLong();
        KafkaAvroDeserializer deserializer = Clients.deserializer(stage.registryUrl());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Clients.TOPICS, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .mapValues(value -> deserializer.deserialize("", value))
                .foreach((key, value) -> decoded.incrementAndGet());
        return RunningStream.of(
                builder.build(), stage, () -> decoded.get() >= stage.expected().events(), () -> "");
    }
}
