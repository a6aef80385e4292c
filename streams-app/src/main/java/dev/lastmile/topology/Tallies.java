package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome;
import dev.lastmile.slice.SliceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What a task has counted and not yet sent on, by deployment: plain objects on the heap. It has no changelog: whatever is in
 * it belongs to records whose offsets are not yet committed, since it is emptied before each commit, see {@link
 * CommitSignal}. What a crash takes away is counted again. Mutable.
 */
final class Tallies implements StateStore {

    static final String STORE = "tallies";

    /**
     * The sums of a deployment are sent on early when about so many bytes of them have gathered: one bucket is one message,
     * however many values a customer invents within an interval, and the broker refuses messages of 1 MB.
     */
    private static final int MOST_BYTES = 512 << 10;

    /** All sums are, when there are about so many bytes of them, several times that on the heap. */
    private static final int MOST_BYTES_OF_ALL = 8 << 20;

    /** So many slices of all deployments are remembered from one commit to the next, some 30 MB of them. */
    private static final int MOST_SLICES = 100_000;

    /** A deployment that has so many times the slices that are counted of it has invented most of them. */
    private static final int MUCH_MORE = 4;

    /** About what a deployment takes in which little was counted, more on the heap than in a message. */
    private static final int TALLY_BYTES = 100;

    private final Map<DeploymentId, SliceTree> slices = new HashMap<>();
    private final Map<DeploymentId, Tally> tallies = new HashMap<>();
    private boolean announced;
    private boolean open;
    private int bytes;

    /** Makes one a task. */
    static final class Builder implements StoreBuilder<Tallies> {

        @Override
        public StoreBuilder<Tallies> withCachingEnabled() {
            throw new UnsupportedOperationException("it is a cache");
        }

        @Override
        public StoreBuilder<Tallies> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<Tallies> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("nothing in it outlives a commit");
        }

        @Override
        public StoreBuilder<Tallies> withLoggingDisabled() {
            return this;
        }

        @Override
        public Tallies build() {
            return new Tallies();
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return STORE;
        }
    }

    /**
     * Counts what a record changed.
     *
     * @return what should not wait for the commit, and is counted here no more; empty as a rule
     */
    List<Delta> add(DeploymentId deployment, long appendMs, JoinOutcome outcome, DeploymentPolicy policy) {
        Tally tally = of(deployment);
        tally.add(appendMs, outcome.ledger());
        if (outcome.changes().isEmpty()) {
            return List.of();
        }
        SliceTree its = tally.slices();
        if (its == null) {
            its = slicesOf(deployment, policy);
        }
        for (JoinOutcome.Change change : outcome.changes()) {
            bytes += tally.add(change, policy.bucketStartOf(change.inference().occurredAtMs()), its);
        }
        if (bytes >= MOST_BYTES_OF_ALL) {
            return take();
        }
        if (tally.bytes() < MOST_BYTES) {
            return List.of();
        }
        bytes -= tally.bytes();
        tallies.remove(deployment);
        if (its.size() > MUCH_MORE * policy.limits().liveSlices()) {
            slices.remove(deployment);
        }
        return tally.deltas();
    }

    /** Counts what became of records without changing statistics. */
    void add(DeploymentId deployment, long appendMs, Ledger ledger) {
        of(deployment).add(appendMs, ledger);
    }

    /** Counts what became of one record, or of some that leave that state where it is negative. */
    void add(DeploymentId deployment, long appendMs, Disposition disposition, long count) {
        Ledger ledger = new Ledger();
        ledger.add(disposition, count);
        add(deployment, appendMs, ledger);
    }

    /** Counts a record that was put away. */
    void putAway(DeploymentId deployment, RefusalReason reason) {
        of(deployment).putAway(reason);
    }

    private Tally of(DeploymentId deployment) {
        Tally known = tallies.get(deployment);
        if (known == null) {
            known = new Tally(deployment);
            tallies.put(deployment, known);
            bytes += TALLY_BYTES;
        }
        return known;
    }

    private SliceTree slicesOf(DeploymentId deployment, DeploymentPolicy policy) {
        SliceTree known = slices.get(deployment);
        if (known == null) {
            known = new SliceTree(policy.slicing());
            slices.put(deployment, known);
        }
        return known;
    }

    /** Whether the commit to come will empty it. */
    boolean isAnnounced() {
        return announced;
    }

    /** The commit to come will empty it. */
    void announce() {
        announced = true;
    }

    /** All that was counted, in the order of deployments; it is empty afterwards. */
    List<Delta> take() {
        List<Delta> deltas = new ArrayList<>();
        new TreeMap<>(tallies).values().forEach(tally -> deltas.addAll(tally.deltas()));
        clear();
        return deltas;
    }

    private void clear() {
        if (slices.values().stream().mapToInt(SliceTree::size).sum() > MOST_SLICES) {
            slices.clear();
        }
        tallies.clear();
        announced = false;
        bytes = 0;
    }

    @Override
    public String name() {
        return STORE;
    }

    /** After an aborted transaction the records are read again: what was counted of them must not stay. */
    @Override
    public void init(StateStoreContext context, StateStore root) {
        clear();
        open = true;
        context.register(root, (key, value) -> {
            throw new IllegalStateException("it has no changelog");
        });
    }

    @Override
    public void close() {
        clear();
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
