package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Sends all sums of a task on; called by the flush of a record cache that comes before a commit, see {@link CommitSignal}. */
final class DrainProcessor implements Processor<SourceKey, Boolean, String, Delta> {

    private @Nullable ProcessorContext<String, Delta> context;
    private @Nullable Tallies tallies;

    @Override
    public void init(ProcessorContext<String, Delta> newContext) {
        context = newContext;
        tallies = newContext.getStateStore(Tallies.STORE);
    }

    @Override
    public void process(Record<SourceKey, Boolean> record) {
        ProcessorContext<String, Delta> live = started(context);
        drain(started(tallies), live, live.currentSystemTimeMs());
    }

    /** What fails here must fail the task: sums that are not sent must not be committed. */
    static void drain(Tallies tallies, ProcessorContext<String, Delta> context, long now) {
        for (Delta delta : tallies.take()) {
            context.forward(new Record<>(delta.deployment().toString(), delta, now));
        }
    }
}
