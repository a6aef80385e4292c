package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what records changed. The sums leave when the join says so, at the commit as a rule, see {@link CommitSignal}; sooner
 * only where there are too many of them.
 */
final class TallyProcessor implements Processor<byte[], Step, String, Delta> {

    private final Policies policies;

    private @Nullable ProcessorContext<String, Delta> context;
    private @Nullable Tallies tallies;

    TallyProcessor(Policies policies) {
        this.policies = policies;
    }

    @Override
    public void init(ProcessorContext<String, Delta> newContext) {
        context = newContext;
        tallies = newContext.getStateStore(Tallies.STORE);
    }

    @Override
    public void process(Record<byte[], Step> record) {
        Tallies sums = started(tallies);
        if (!(record.value() instanceof Step.Counted counted)) {
            send(sums.take());
        } else if (counted.changes().isEmpty()) {
            sums.add(counted);
        } else {
            send(sums.add(counted, policies.find(counted.deployment()).orElseThrow()));
        }
    }

    /** What fails here must fail the task: sums that are not sent must not be committed. */
    private void send(List<Delta> deltas) {
        ProcessorContext<String, Delta> live = started(context);
        for (Delta delta : deltas) {
            live.forward(new Record<>(delta.deployment().toString(), delta, live.currentSystemTimeMs()));
        }
    }
}
