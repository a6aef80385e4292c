package dev.lastmile.benchmarks.throughput.contestant.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The running sum of each slice and hour, sent on whenever it changes. No window: truths come late by days, and a window that
 * waits for them would show nothing until then.
 */
final class HourlySums extends KeyedProcessFunction<Tuple2<String, Long>, Counted, Counted>
        implements CheckpointListener {

    private final String run;

    private transient @Nullable ValueState<Counted> sum;

    HourlySums(String run) {
        this.run = run;
    }

    @Override
    public void open(OpenContext context) {
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Counted.TYPE));
    }

    @Override
    public void processElement(Counted counted, Context context, Collector<Counted> out) throws Exception {
        if (sum == null) {
            throw new IllegalStateException("used before it was opened");
        }
        Counted before = sum.value();
        Counted now = before == null
                ? counted
                : new Counted(
                        counted.slice(),
                        counted.f1,
                        before.labelled() + counted.labelled(),
                        before.errors() + counted.errors());
        sum.update(now);
        out.collect(now);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Results.of(run).checkpointed();
    }
}
