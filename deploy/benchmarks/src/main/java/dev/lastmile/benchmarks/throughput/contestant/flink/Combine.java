package dev.lastmile.benchmarks.throughput.contestant.flink;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sums up on the heap what is counted between two checkpoints, and sends the sums on before the barrier: they are then part of
 * the state behind it, so that nothing on the heap has to be saved and nothing is lost or counted twice.
 */
final class Combine extends AbstractStreamOperator<Counted> implements OneInputStreamOperator<Counted, Counted> {

    /** Sums on the heap at once. */
    private static final int LIMIT = 50_000;

    private transient @Nullable Map<Tuple2<String, Long>, Counted> sums;

    @Override
    public void open() throws Exception {
        super.open();
        sums = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Counted> element) {
        Map<Tuple2<String, Long>, Counted> its = opened();
        Counted counted = element.getValue();
        Counted sum = its.putIfAbsent(counted.sliceAndHour(), counted);
        if (sum != null) {
            sum.f2 += counted.f2;
            sum.f3 += counted.f3;
        } else if (its.size() >= LIMIT) {
            flush(its);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush(opened());
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush(opened());
        super.finish();
    }

    private void flush(Map<Tuple2<String, Long>, Counted> its) {
        StreamRecord<Counted> record = new StreamRecord<>(null);
        its.values().forEach(sum -> output.collect(record.replace(sum)));
        its.clear();
    }

    private Map<Tuple2<String, Long>, Counted> opened() {
        if (sums == null) {
            throw new IllegalStateException("used before it was opened");
        }
        return sums;
    }
}
