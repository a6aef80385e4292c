package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import dev.lastmile.event.DeploymentId;
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

/** The second stage: hands every delta to its deployment's watch, and shows what changed once a second. */
final class DeploymentProcessor implements Processor<String, Delta, String, Report> {

    static final String STORE = "deployments";

    private static final Duration SHOW_EVERY = Duration.ofSeconds(1);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Policies policies;
    private final SnapshotSink snapshots;
    private final long minimumShown;
    private final Duration publishEvery;
    private final Map<DeploymentId, Round> rounds = new HashMap<>();

    private @Nullable ProcessorContext<String, Report> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    /** A deployment's watch, and what is to be done about it next. */
    private static final class Round {
        private final DeploymentWatch watch;

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

        /** The deployment's own clock, moved on by the time that went by since it was last read. */
        long nowMs(long wallMs) {
            return clockMs + Math.max(0, wallMs - readAtMs);
        }
    }

    /**
     * @param minimumShown slices with fewer labelled inferences are not part of snapshots
     * @param publishEvery wall-clock time between two publications of changed statistics
     */
    DeploymentProcessor(Policies policies, SnapshotSink snapshots, long minimumShown, Duration publishEvery) {
        this.policies = policies;
        this.snapshots = snapshots;
        this.minimumShown = minimumShown;
        this.publishEvery = publishEvery;
    }

    @Override
    public void init(ProcessorContext<String, Report> newContext) {
        context = newContext;
        store = newContext.getStateStore(STORE);
        wakeAll(newContext.currentSystemTimeMs());
        newContext.schedule(SHOW_EVERY, PunctuationType.WALL_CLOCK_TIME, this::show);
        newContext.schedule(publishEvery, PunctuationType.WALL_CLOCK_TIME, this::publish);
        newContext.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forget);
    }

    @Override
    public void process(Record<String, Delta> record) {
        Delta delta = record.value();
        long wallMs = started(context).currentSystemTimeMs();
        Round round = rounds.get(delta.deployment());
        if (round == null) {
            round = wake(delta.deployment(), wallMs);
        }
        forward(round.watch.take(delta), record.timestamp());
        round.toShow = true;
        round.toPublish = true;
        round.readAtMs = wallMs;
        round.clockMs = Math.max(round.clockMs, delta.clockMs());
    }

    @Override
    public void close() {
        rounds.keySet().forEach(snapshots::retire);
        rounds.clear();
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
                .<DeploymentWatch>map(policy -> new WatchedDeployment(deployment, policy, bytes))
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
