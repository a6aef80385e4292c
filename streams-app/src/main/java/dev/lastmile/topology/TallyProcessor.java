package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what records changed. The sums leave at the commit, by {@link CommitSignal} and {@link DrainProcessor}; here only
 * where there are too many of them, where no record caused them, and in a replay, which has no commits worth the name.
 */
final class TallyProcessor implements Processor<byte[], Step, String, Delta> {

    private final Policies policies;
    private final @Nullable Duration drainEvery;

    private @Nullable ProcessorContext<String, Delta> context;
    private @Nullable Tallies tallies;

    /**
     * @param drainEvery wall-clock time between two drains; absent where commits drain
     */
    TallyProcessor(Policies policies, @Nullable Duration drainEvery) {
        this.policies = policies;
        this.drainEvery = drainEvery;
    }

    @Override
    public void init(ProcessorContext<String, Delta> newContext) {
        context = newContext;
        tallies = newContext.getStateStore(Tallies.STORE);
        if (drainEvery != null) {
            newContext.schedule(drainEvery, PunctuationType.WALL_CLOCK_TIME, this::drain);
        }
    }

    @Override
    public void process(Record<byte[], Step> record) {
        Step step = record.value();
        Tallies sums = started(tallies);
        if (step.changes().isEmpty()) {
            sums.add(step);
        } else {
            sums.add(step, policies.find(step.deployment()).orElseThrow());
        }
        if (sums.isLarge() || step.last()) {
            drain(started(context).currentSystemTimeMs());
        }
    }

    private void drain(long now) {
        DrainProcessor.drain(started(tallies), started(context), now);
    }
}
