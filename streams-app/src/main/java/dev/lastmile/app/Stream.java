package dev.lastmile.app;

import dev.lastmile.export.Readiness;
import dev.lastmile.export.StreamsHealth;
import dev.lastmile.topology.MonitorTopology;
import dev.lastmile.topology.bundle.BackPressure;
import dev.lastmile.topology.bundle.BundlingClients;
import dev.lastmile.topology.bundle.Gaps;
import dev.lastmile.topology.bundle.HeldPartitions;
import dev.lastmile.topology.bundle.Identities;
import dev.lastmile.topology.damage.Damages;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams and what belongs to it: started once the broker's name is known, watched, closed. */
final class Stream {

    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
    private static final Duration BETWEEN_LOOK_UPS = Duration.ofSeconds(2);
    private static final Duration LETS_GO_WITHIN = Duration.ofSeconds(5);
    private static final Duration ADMIN_CLOSES_WITHIN = Duration.ofSeconds(1);

    private final Configuration configuration;
    private final SnapshotStore snapshots;
    private final Consumer<End> ended;
    private final ThreadReplacement threads;
    private final Gaps gaps = new Gaps();
    private final HeldPartitions held = new HeldPartitions(System::currentTimeMillis);
    private final Damages damages = new Damages(System::currentTimeMillis);
    private final BackPressure pressure = new BackPressure(System::nanoTime);
    private final RestoreProgress restore = new RestoreProgress(System::nanoTime);
    private final KafkaStreamsHealth numbers = new KafkaStreamsHealth();
    private final Thread starter = new Thread(this::startWhenBrokerIsKnown, "stream-starter");
    private volatile boolean waitingForAddress;
    private volatile @Nullable Running running;

    /** What exists once the stream was started. */
    private record Running(
            KafkaStreams streams,
            Admin admin,
            BrokerProbe probe,
            TopicWatch watch,
            CustomerReception customers,
            OutputTopics topics,
            CommandFormat commands) {

        void start() {
            probe.start();
            watch.start();
            streams.start();
        }

        /** Lets go of everything at once; nothing was processed yet. */
        void close() {
            probe.close();
            watch.close();
            streams.close(LETS_GO_WITHIN);
            admin.close(ADMIN_CLOSES_WITHIN);
        }
    }

    /**
     * A stream that is not started.
     *
     * @param ended told once, when the stream cannot go on
     */
    Stream(Configuration configuration, SnapshotStore snapshots, Consumer<End> ended) {
        this.configuration = configuration;
        this.snapshots = snapshots;
        this.ended = ended;
        this.threads = new ThreadReplacement(Clock.systemUTC(), ended, damages);
        starter.setDaemon(true);
    }

    /** Starts in the background. */
    void start() {
        starter.start();
    }

    private void startWhenBrokerIsKnown() {
        String servers = configuration.kafka().bootstrapServers();
        try {
            while (!Bootstrap.isResolvable(servers)) {
                if (!waitingForAddress) {
                    LOG.atWarn()
                            .addKeyValue("servers", servers)
                            .log("The broker's name has no address; waiting for it");
                    waitingForAddress = true;
                }
                Thread.sleep(BETWEEN_LOOK_UPS.toMillis());
            }
            waitingForAddress = false;
            while (!hasBegun()) {
                Thread.sleep(ThreadReplacement.TRIED_AGAIN_AFTER.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            // Raised before any thread runs: by settings, or by a state directory that is another process's.
            ended.accept(new End(End.BAD_CONFIGURATION, "the stream cannot start: " + End.oneLine(rootMessage(e))));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The stream could not be started");
            ended.accept(new End(End.FAILED, "the stream could not be started: " + End.oneLine(rootMessage(e))));
        }
    }

    /** Not where the disk is full; that may pass. */
    private boolean hasBegun() throws InterruptedException {
        try {
            begin();
            return true;
        } catch (RuntimeException e) {
            if (!damages.isOfAFullDisk(e)) {
                throw e;
            }
            LOG.atError().setCause(e).log("There is no room for state; the stream will be started again");
            return false;
        }
    }

    private synchronized void begin() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("closed before it was started");
        }
        Admin admin = Admin.create(StreamsProperties.ofAdmin(configuration));
        CommandFormat commands = new CommandFormat(configuration.applicationId());
        OutputTopics topics = new OutputTopics(admin, configuration.topics().replicationFactor(), commands.topic());
        Registry registry =
                Registry.of(configuration.registry(), configuration.state().directory());
        CustomerReception customers = new CustomerReception(admin, topics, registry.outputs());
        Identities identities = new Identities(MonitorTopology::pairOf, new InputTopics(admin));
        KafkaStreams streams;
        try {
            streams = new KafkaStreams(
                    TopologyFactory.topology(configuration, registry, topics, snapshots, commands, held),
                    StreamsProperties.of(configuration, damages),
                    new BundlingClients(
                            MonitorTopology::pairOf,
                            gaps,
                            identities,
                            customers,
                            configuration.applicationId(),
                            MonitorTopology::mayBeNew,
                            StreamsProperties.readAheadBytes(configuration),
                            pressure,
                            held));
        } catch (RuntimeException e) {
            admin.close(ADMIN_CLOSES_WITHIN);
            throw e;
        }
        streams.setUncaughtExceptionHandler(threads);
        streams.setGlobalStateRestoreListener(restore);
        streams.setStateListener(this::onState);
        TopicWatch watch = new TopicWatch(customers, identities, registry.outputs());
        BrokerProbe probe = new BrokerProbe(admin, new OwnTopics(admin, configuration.applicationId()), ended);
        Running begun = new Running(streams, admin, probe, watch, customers, topics, commands);
        running = begun;
        try {
            begun.start();
        } catch (RuntimeException e) {
            running = null;
            begun.close();
            throw e;
        }
    }

    private void onState(KafkaStreams.State now, KafkaStreams.State before) {
        LOG.atInfo().addKeyValue("from", before).addKeyValue("to", now).log("The stream changed its state");
        if (now == KafkaStreams.State.ERROR) {
            // Where a thread's death led here, its handler has already said why, and the first word counts.
            ended.accept(new End(End.FAILED, "the stream stopped in state ERROR; see the log above"));
        }
    }

    Readiness readiness() {
        Running now = running;
        if (now == null && damages.isDiskFull()) {
            return diskFull(false, KafkaStreams.State.CREATED);
        }
        if (now == null) {
            String servers = configuration.kafka().bootstrapServers();
            String reason = waitingForAddress ? "waiting for an address of the broker " + servers : "starting";
            return new Readiness(false, false, KafkaStreams.State.CREATED.name(), reason);
        }
        return readiness(now.streams().state(), now.probe().broker());
    }

    private Readiness readiness(KafkaStreams.State state, BrokerProbe.Broker broker) {
        boolean restoring = restore.isRestoring();
        if (broker == BrokerProbe.Broker.SILENT) {
            String servers = configuration.kafka().bootstrapServers();
            return new Readiness(false, restoring, state.name(), "the broker does not answer: " + servers);
        }
        if (damages.isDiskFull()) {
            return diskFull(restoring, state);
        }
        if (restoring) {
            String reason = "restoring state, " + restore.remainingRecords() + " records to go"
                    + restore.stuck()
                            .map(partition -> "; nothing came of " + partition
                                    + " for long: a transaction of it may never have been ended")
                            .orElse("");
            return new Readiness(false, true, state.name(), reason);
        }
        if (broker == BrokerProbe.Broker.NOT_ASKED) {
            return new Readiness(false, false, state.name(), "waiting for the broker's first answer");
        }
        return switch (state) {
            case RUNNING -> new Readiness(true, false, state.name(), "processing");
            case CREATED, REBALANCING ->
                new Readiness(false, false, state.name(), "joining the group and taking over its share of the work");
            case PENDING_SHUTDOWN, NOT_RUNNING -> new Readiness(false, false, state.name(), "shutting down");
            case PENDING_ERROR, ERROR -> new Readiness(false, false, state.name(), "stopped by an error; see the log");
        };
    }

    private static Readiness diskFull(boolean restoring, KafkaStreams.State state) {
        return new Readiness(false, restoring, state.name(), "state_disk_full: no room for state on this machine");
    }

    StreamsHealth health() {
        Running now = running;
        if (now == null) {
            return StreamsHealth.NOT_STARTED;
        }
        KafkaStreams streams = now.streams();
        return numbers.of(
                streams.state(),
                streams.metrics(),
                threads,
                restore,
                damages,
                gaps,
                pressure,
                held,
                now.topics()::notLogAppendTime,
                now.customers()::incomplete,
                now.commands()::unaddressedCount);
    }

    /** Commits and leaves; gives up waiting after {@code limit}. */
    void close(Duration limit) {
        starter.interrupt();
        synchronized (this) {
            Running now = running;
            if (now == null) {
                return;
            }
            now.probe().close();
            now.watch().close();
            // Who neither leaves nor comes back under the same name is missed only after 45 seconds, unless configured
            // otherwise, and until then nobody works off its partitions.
            GroupMembershipOperation membership = configuration.kafka().keepsItsPlace()
                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                    : GroupMembershipOperation.LEAVE_GROUP;
            long startedNanos = System.nanoTime();
            boolean inTime = now.streams()
                    .close(CloseOptions.groupMembershipOperation(membership).withTimeout(limit));
            Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
            if (inTime) {
                LOG.atInfo().addKeyValue("took", took).log("The stream has stopped; what was processed is committed");
            } else {
                LOG.atWarn()
                        .addKeyValue("took", took)
                        .addKeyValue("limit", limit)
                        .log("The stream did not stop in time; what was not committed will be done again");
            }
            now.admin().close(ADMIN_CLOSES_WITHIN);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = End.rootOf(e);
        return root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    }
}
