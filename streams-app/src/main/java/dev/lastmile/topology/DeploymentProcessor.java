package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.topology.serde.DeltaCodec;
import dev.lastmile.topology.serde.DeploymentKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The second stage: hands what was counted to its deployment's watch, and shows what changed once a second.
 *
 * <p>The deltas of a deployment are gathered on the heap until the commit is about to come, see {@link
 * MonitorTopology}: every task of the first stage sends one a commit, and statistics, detectors and store are gone through
 * once for all of them. They are gathered as they came, and read one deployment after the other. Nothing is told later for
 * it, since what is sent within a transaction is seen after its commit; and what a crash takes away belongs to deltas that are
 * read again.
 */
final class DeploymentProcessor implements Processor<String, Arrival, String, Report> {

    static final String STORE = "deployments";

    /**
     * All that was gathered is worked off early when there are so many bytes of it: about a fifth of a million cells, which take
     * a few seconds, and no commit may take ten.
     */
    private static final int MOST_BYTES = 16 << 20;

    /** So many are read at once: a cell has some fifteen times as many bytes then, and a customer may make each a new one. */
    private static final int MOST_BYTES_READ = 2 << 20;

    private static final Duration SHOW_EVERY = Duration.ofSeconds(1);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Policies policies;
    private final SnapshotSink snapshots;
    private final long minimumShown;
    private final Duration publishEvery;
    private final boolean gathers;
    private final Map<DeploymentId, Round> rounds = new HashMap<>();

    private @Nullable ProcessorContext<String, Report> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private WarmCells warm = new WarmCells();
    private int gatheredBytes;

    /** A deployment's watch, and what is to be done about it next. */
    private static final class Round {
        private final DeploymentWatch watch;
        private final List<byte[]> gathered = new ArrayList<>();

        /** What waking up had to say: nothing can be forwarded before every processor is ready. */
        private final List<Report> unsaid;

        private boolean toShow = true;
        private boolean toPublish = true;
        private long clockMs;
        private long readAtMs;

        Round(DeploymentWatch watch, long readAtMs) {
            this.watch = watch;
            unsaid = new ArrayList<>(watch.wake());
            this.readAtMs = readAtMs;
            clockMs = watch.clockMs();
        }

        /** The oldest of what was gathered, no longer kept here; empty where there is nothing. */
        List<byte[]> takeSome() {
            int end = 0;
            for (int bytes = 0; end < gathered.size() && bytes < MOST_BYTES_READ; end++) {
                bytes += gathered.get(end).length;
            }
            List<byte[]> first = gathered.subList(0, end);
            List<byte[]> some = List.copyOf(first);
            first.clear();
            return some;
        }

        /** The deployment's own clock, moved on by the time that went by since it was last read. */
        long nowMs(long wallMs) {
            return clockMs + Math.max(0, wallMs - readAtMs);
        }
    }

    /**
     * @param minimumShown slices with fewer labelled inferences are not part of snapshots
     * @param publishEvery wall-clock time between two publications of changed statistics
     * @param gathers whether commits are announced; otherwise every delta is worked off as it comes
     */
    DeploymentProcessor(
            Policies policies, SnapshotSink snapshots, long minimumShown, Duration publishEvery, boolean gathers) {
        this.policies = policies;
        this.snapshots = snapshots;
        this.minimumShown = minimumShown;
        this.publishEvery = publishEvery;
        this.gathers = gathers;
    }

    @Override
    public void init(ProcessorContext<String, Report> newContext) {
        context = newContext;
        store = newContext.getStateStore(STORE);
        // Started again after an aborted transaction, it would count twice what was gathered: it is read again.
        rounds.clear();
        gatheredBytes = 0;
        warm = new WarmCells();
        wakeAll(newContext.currentSystemTimeMs());
        newContext.schedule(SHOW_EVERY, PunctuationType.WALL_CLOCK_TIME, this::show);
        newContext.schedule(publishEvery, PunctuationType.WALL_CLOCK_TIME, this::publish);
        newContext.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forget);
    }

    @Override
    public void process(Record<String, Arrival> record) {
        DeploymentId deployment = DeploymentId.parse(record.key());
        Round round = rounds.get(deployment);
        if (record.value() instanceof Arrival.Message message) {
            take(
                    message.bytes(),
                    round == null ? wake(deployment, started(context).currentSystemTimeMs()) : round,
                    record.timestamp());
        } else if (round != null) {
            workOff(round, record.timestamp());
        }
    }

    private void take(byte[] message, Round round, long timestampMs) {
        // An operator's command is obeyed when it comes; what came before it was counted before it.
        boolean waits = gathers && !DeltaCodec.hasCommands(message);
        if (!waits) {
            workOff(round, timestampMs);
        }
        round.gathered.add(message);
        gatheredBytes += message.length;
        if (!waits) {
            workOff(round, timestampMs);
        } else if (gatheredBytes >= MOST_BYTES) {
            rounds.values().forEach(each -> workOff(each, timestampMs));
        }
    }

    private void workOff(Round round, long timestampMs) {
        for (List<byte[]> some = round.takeSome(); !some.isEmpty(); some = round.takeSome()) {
            some.forEach(message -> gatheredBytes -= message.length);
            Delta delta = DeltaCodec.read(some);
            forward(round.watch.take(delta), timestampMs);
            round.toShow = true;
            round.toPublish = true;
            round.readAtMs = started(context).currentSystemTimeMs();
            round.clockMs = Math.max(round.clockMs, delta.clockMs());
        }
    }

    @Override
    public void close() {
        rounds.keySet().forEach(snapshots::retire);
        rounds.clear();
        gatheredBytes = 0;
        warm = new WarmCells();
    }

    private void wakeAll(long wallMs) {
        Bytes from = null;
        while (true) {
            try (KeyValueIterator<Bytes, byte[]> entries = started(store).range(from, null)) {
                if (!entries.hasNext()) {
                    return;
                }
                DeploymentId deployment = DeploymentKeys.deploymentOf(entries.peekNextKey());
                wake(deployment, wallMs);
                from = DeploymentKeys.endOf(deployment);
            }
        }
    }

    private Round wake(DeploymentId deployment, long wallMs) {
        KeyValueStore<Bytes, byte[]> bytes = started(store);
        DeploymentWatch watch = policies.find(deployment)
                .filter(policy -> !deployment.deployment().equals(Delta.UNATTRIBUTED))
                .<DeploymentWatch>map(policy -> new WatchedDeployment(deployment, policy, bytes, warm))
                .orElseGet(() -> new UnwatchedDeployment(deployment, bytes));
        Round round = new Round(watch, wallMs);
        rounds.put(deployment, round);
        return round;
    }

    private void show(long wallMs) {
        for (Round round : rounds.values()) {
            List<Report> reports = new ArrayList<>(round.unsaid);
            round.unsaid.clear();
            reports.addAll(round.watch.tick(round.nowMs(wallMs)));
            forward(reports, wallMs);
            // An alert that became stale has to be seen, though no label comes to announce it.
            if (round.toShow || !reports.isEmpty()) {
                snapshots.publish(round.watch.snapshot(minimumShown));
                round.toShow = false;
            }
        }
    }

    private void publish(long wallMs) {
        for (Round round : rounds.values()) {
            if (round.toPublish) {
                forward(round.watch.publishStatistics(), wallMs);
                round.toPublish = false;
            }
        }
    }

    /** What was forgotten cannot be published any more: what changed since the last publication goes out first. */
    private void forget(long wallMs) {
        publish(wallMs);
        rounds.values().forEach(round -> round.watch.forgetOldBuckets());
    }

    private void forward(List<Report> reports, long timestampMs) {
        for (Report report : reports) {
            started(context).forward(new Record<>(report.key(), report, timestampMs));
        }
    }
}
