package dev.lastmile.local.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node, broker and controller in one, in KRaft mode on loopback. It is the real server, with transactions, ready
 * when {@link #start} returns (about four seconds). Its data lie in a temporary directory that {@link #close} removes, unless it
 * is given a {@link KafkaNode}.
 *
 * <p>Kafka does not promise the server's classes as an interface: no other class of this project touches them.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** Ask for any free port. */
    public static final int ANY_PORT = 0;

    private static final String HOST = "127.0.0.1";
    private static final String CLIENTS = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";
    private static final int ATTEMPTS = 5;

    private final KafkaRaftServer server;
    private final @Nullable TemporaryDirectory directory;
    private final int port;
    private final int openPort;
    private boolean closed;

    /**
     * @param openPort where clients that nobody asks who they are reach a secured one
     */
    private EmbeddedBroker(KafkaRaftServer server, @Nullable TemporaryDirectory directory, int port, int openPort) {
        this.server = server;
        this.directory = directory;
        this.port = port;
        this.openPort = openPort;
    }

    /** A broker on any free port. */
    public static EmbeddedBroker start() throws IOException {
        return start(ANY_PORT);
    }

    /**
     * A broker on the port.
     *
     * @param port 0 for any free one
     * @throws BindException when the port is taken; its message is one line for people
     * @throws IOException when the temporary directory cannot be written
     */
    public static EmbeddedBroker start(int port) throws IOException {
        if (port != ANY_PORT) {
            requireFree(port);
        }
        return start(port, Optional.empty());
    }

    /**
     * A broker on any free port that knows users and rights.
     *
     * @throws IOException when the temporary directory cannot be written
     */
    public static EmbeddedBroker start(BrokerSecurity security) throws IOException {
        return start(ANY_PORT, Optional.of(security));
    }

    private static EmbeddedBroker start(int port, Optional<BrokerSecurity> security) throws IOException {
        // A port found free can be taken before the broker binds it; with a port of our own choice we choose again.
        for (int attempt = 1; ; attempt++) {
            int brokerPort = port == ANY_PORT ? freePort() : port;
            try {
                return startOn(brokerPort, freePort(), freePort(), security);
            } catch (BrokerFailure failure) {
                if (attempt == ATTEMPTS || port != ANY_PORT) {
                    throw new IOException("the embedded broker did not start: " + failure.getMessage(), failure);
                }
            }
        }
    }

    private static EmbeddedBroker startOn(
            int brokerPort, int openPort, int controllerPort, Optional<BrokerSecurity> security) throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create("lastmile-broker-");
        boolean started = false;
        try {
            String clusterId = Uuid.randomUuid().toString();
            KafkaNode node =
                    new KafkaNode(1, brokerPort, brokerPort, directory.path(), clusterId, List.of(controllerPort));
            Properties properties = properties(node);
            security.ifPresent(
                    secured -> properties.putAll(secured.settings(HOST, brokerPort, openPort, controllerPort)));
            KafkaRaftServer server = started(
                    node, properties, security.map(BrokerSecurity::firstUsers).orElse(List.of()));
            started = true;
            return new EmbeddedBroker(server, directory, brokerPort, openPort);
        } finally {
            if (!started) {
                directory.close();
            }
        }
    }

    /**
     * A node of a cluster; where there are several controllers, it serves once more than half of them do.
     *
     * @throws IOException when it did not start
     */
    public static EmbeddedBroker start(KafkaNode node) throws IOException {
        try {
            return new EmbeddedBroker(started(node, properties(node), List.of()), null, node.port(), node.port());
        } catch (BrokerFailure failure) {
            throw new IOException("the embedded broker did not start: " + failure.getMessage(), failure);
        }
    }

    private static KafkaRaftServer started(KafkaNode node, Properties properties, List<String> firstUsers) {
        try {
            if (Files.notExists(node.directory().resolve("meta.properties"))) {
                format(node, firstUsers);
            }
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return server;
        } catch (Exception failure) {
            // The server throws whatever its parts throw, checked exceptions that Scala does not declare included.
            throw new BrokerFailure(failure);
        }
    }

    private static void format(KafkaNode node, List<String> firstUsers) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(node.id())
                    .setClusterId(node.clusterId())
                    .addDirectory(node.directory().toString())
                    .setMetadataLogDirectory(node.directory().toString())
                    .setControllerListenerName(CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setScramArguments(firstUsers)
                    .run();
        }
    }

    private static Properties properties(KafkaNode node) {
        // One node: every internal topic has one replica.
        String replicas = node.isAlone() ? "1" : "3";
        String inSync = node.isAlone() ? "1" : "2";
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", node.roles().setting()),
                Map.entry("node.id", Integer.toString(node.id())),
                Map.entry("controller.quorum.voters", node.voters(HOST)),
                Map.entry("controller.listener.names", CONTROLLER),
                Map.entry("listeners", listeners(node)),
                Map.entry("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),
                Map.entry("log.dirs", node.directory().toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", replicas),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", replicas),
                Map.entry("transaction.state.log.min.isr", inSync),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", replicas),
                Map.entry("share.coordinator.state.topic.min.isr", inSync),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("default.replication.factor", replicas),
                Map.entry("min.insync.replicas", inSync),
                // A group of one need not wait for members that will not come.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // The defaults would preallocate index files of 10 MiB and keep 128 MiB for the log cleaner.
                Map.entry("log.segment.bytes", Integer.toString(16 << 20)),
                Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)),
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
                Map.entry("log.cleaner.threads", "1"),
                Map.entry("background.threads", "2"),
                Map.entry("num.recovery.threads.per.data.dir", "1"),
                Map.entry("queued.max.requests", "100"),
                // Nobody takes over from a single node.
                Map.entry("controlled.shutdown.enable", Boolean.toString(!node.isAlone()))));
        if (node.roles().isBroker()) {
            properties.put("advertised.listeners", CLIENTS + "://" + HOST + ":" + node.advertisedPort());
        }
        return properties;
    }

    private static String listeners(KafkaNode node) {
        List<String> listeners = new ArrayList<>();
        if (node.roles().isBroker()) {
            listeners.add(CLIENTS + "://" + HOST + ":" + node.port());
        }
        if (node.roles().isController()) {
            listeners.add(CONTROLLER + "://" + HOST + ":" + node.controllerPort());
        }
        return String.join(",", listeners);
    }

    /** {@code host:port} for a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** The same for a client that does not say who it is, where the broker is one that asks. */
    public String openBootstrapServers() {
        return HOST + ":" + openPort;
    }

    /** Creates a customer's topics, see {@link TopicProvisioning}. */
    public void createCustomerTopics(String customer, int partitions) {
        new TopicProvisioning(bootstrapServers()).create(customer, partitions);
    }

    /** Creates a customer's topics whose inputs are kept for ever, so that old event times survive. */
    public void createCustomerTopicsKeptForever(String customer, int partitions) {
        new TopicProvisioning(bootstrapServers()).create(customer, partitions, Optional.of(Duration.ofMillis(-1)));
    }

    /** Stops the broker and removes its data. A second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        if (directory != null) {
            directory.close();
        }
    }

    private static void requireFree(int port) throws BindException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            if (!socket.isBound()) {
                throw new BindException("port " + port + " on " + HOST + " cannot be bound");
            }
        } catch (IOException e) {
            BindException taken = new BindException(
                    "port " + port + " on " + HOST + " is taken: stop what listens there or give another port");
            taken.initCause(e);
            throw taken;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The server did not come up; the cause says why. */
    private static final class BrokerFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokerFailure(Exception cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }
}
