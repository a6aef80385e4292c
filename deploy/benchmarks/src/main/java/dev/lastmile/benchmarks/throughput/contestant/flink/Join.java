package dev.lastmile.benchmarks.throughput.contestant.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whichever comes first until the other comes, then lets go of it; the pair leaves as one count a slice. Neither time to
 * live nor timers: what never finds its other half stays for ever, which costs nothing and is to this job's advantage.
 */
final class Join extends KeyedCoProcessFunction<String, Answered, Learned, Counted> {

    private transient @Nullable ValueState<Answered> waiting;
    private transient @Nullable ValueState<String> early;

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting", Answered.TYPE));
        early = getRuntimeContext().getState(new ValueStateDescriptor<>("early", Types.STRING));
    }

    @Override
    public void processElement1(Answered answered, Context context, Collector<Counted> out) throws Exception {
        ValueState<String> truths = opened(early);
        // Most often nothing is there, and the bloom filter knows.
        String truth = truths.value();
        if (truth == null) {
            opened(waiting).update(answered);
        } else {
            truths.clear();
            count(answered, truth, out);
        }
    }

    @Override
    public void processElement2(Learned learned, Context context, Collector<Counted> out) throws Exception {
        ValueState<Answered> answers = opened(waiting);
        Answered answered = answers.value();
        if (answered == null) {
            opened(early).update(learned.label());
        } else {
            answers.clear();
            count(answered, learned.label(), out);
        }
    }

    private static void count(Answered answered, String truth, Collector<Counted> out) {
        long errors = answered.label().equals(truth) ? 0 : 1;
        String prefix = answered.deployment() + " ";
        for (String slice : answered.slices()) {
            out.collect(new Counted(prefix + slice, answered.hourMs(), 1, errors));
        }
    }

    private static <T> T opened(@Nullable T state) {
        if (state == null) {
            throw new IllegalStateException("used before it was opened");
        }
        return state;
    }
}
