package dev.lastmile.benchmarks.throughput.contestant;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** A stream of Kafka Streams at work. */
record RunningStream(KafkaStreams streams, BooleanSupplier done, Supplier<String> differing)
        implements Contestant.Running {

    static RunningStream of(Topology topology, Stage stage, BooleanSupplier done, Supplier<String> differing) {
        KafkaStreams streams = new KafkaStreams(topology, Clients.streams(stage));
        streams.start();
        return new RunningStream(streams, done, differing);
    }

    @Override
    public boolean isDone() {
        if (streams.state() == KafkaStreams.State.ERROR) {
            throw new IllegalStateException("the stream died");
        }
        return done.getAsBoolean();
    }

    @Override
    public String difference() {
        return differing.get();
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(30));
    }
}
