package dev.lastmile.benchmarks.throughput.contestant.flink;

import dev.lastmile.benchmarks.load.Sums;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * What came out of a job that runs in this JVM. Flink copies the functions of a job, so they find it by the name of the run.
 * Safe for use by one job and one reader.
 */
final class Results {

    private static final Map<String, Results> BY_RUN = new ConcurrentHashMap<>();

    private final Map<Tuple2<String, Long>, Counted> newest = new HashMap<>();
    private final AtomicLong labelled = new AtomicLong();
    private final AtomicLong checkpoints = new AtomicLong();

    private Results() {}

    static Results of(String run) {
        return BY_RUN.computeIfAbsent(run, any -> new Results());
    }

    static void forget(String run) {
        BY_RUN.remove(run);
    }

    private synchronized void take(Counted sum) {
        Counted before = newest.put(sum.sliceAndHour(), sum);
        labelled.addAndGet(sum.labelled() - (before == null ? 0 : before.labelled()));
    }

    /** Labelled inferences, of all slices together. */
    long labelled() {
        return labelled.get();
    }

    void checkpointed() {
        checkpoints.incrementAndGet();
    }

    /** Checkpoints that are complete. */
    long checkpoints() {
        return checkpoints.get();
    }

    synchronized Sums sums() {
        Sums sums = new Sums();
        for (Counted sum : newest.values()) {
            int space = sum.slice().indexOf(' ');
            sums.add(sum.slice().substring(0, space), sum.slice().substring(space + 1), sum.labelled(), sum.errors());
        }
        return sums;
    }

    /** Brings sums here. */
    record ToResults(String run) implements Sink<Counted> {

        @Override
        public SinkWriter<Counted> createWriter(WriterInitContext context) {
            Results results = Results.of(run);
            return new SinkWriter<>() {
                @Override
                public void write(Counted sum, Context its) {
                    results.take(sum);
                }

                @Override
                public void flush(boolean endOfInput) {
                    // Nothing is held back.
                }

                @Override
                public void close() {
                    // Nothing to let go of.
                }
            };
        }
    }
}
