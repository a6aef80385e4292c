package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts one entry into a cached table with the first record after each commit. Kafka Streams flushes the caches of a task before
 * it commits, while its producer still takes records of the same transaction, and passes on what was in them: so the entry
 * comes out just before the commit, and goes to the join, which works off what it has gathered and has all sums sent. An entry
 * that is evicted sooner does so sooner, which does no harm.
 *
 * <p>It sees each record after the join has, so that even an entry that is evicted at once finds the record gathered. Public
 * interfaces only; there is no hook for "before the commit" among them.
 */
final class CommitSignal implements FixedKeyProcessor<SourceKey, Incoming, Boolean> {

    /** The table's name. */
    static final String STORE = "commit-signal";

    private @Nullable FixedKeyProcessorContext<SourceKey, Boolean> context;
    private @Nullable Tallies tallies;

    @Override
    public void init(FixedKeyProcessorContext<SourceKey, Boolean> newContext) {
        context = newContext;
        tallies = newContext.getStateStore(Tallies.STORE);
    }

    @Override
    public void process(FixedKeyRecord<SourceKey, Incoming> record) {
        Tallies sums = started(tallies);
        if (!sums.isAnnounced()) {
            sums.announce();
            started(context).forward(record.withValue(true));
        }
    }
}
