package dev.lastmile.faults.installation;

import dev.lastmile.faults.process.NodeProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.proxy.TcpProxy;
import dev.lastmile.local.broker.KafkaNode;
import dev.lastmile.local.broker.KafkaNode.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Brokers, each in a process of its own and behind a proxy, through which everybody reaches it, the other brokers included. Three are
 * controllers too; a single one has a controller beside it, which stays when it goes.
 */
public final class Cluster implements AutoCloseable {

    private static final Duration MISSED_WITHIN = Duration.ofSeconds(60);

    /** What a controller logs when it takes a broker for gone, and when it takes it back. */
    private static final String GONE = "fenced=1";

    private static final String BACK = "fenced=-1";

    private final List<NodeProcess> controllers = new ArrayList<>();
    private final List<NodeProcess> brokers = new ArrayList<>();
    private final List<TcpProxy> proxies = new ArrayList<>();

    private Cluster() {}

    /** Starts so many brokers, and waits until they serve. */
    static Cluster start(Path directory, int size, Path logs) throws IOException, InterruptedException {
        Cluster cluster = new Cluster();
        boolean up = false;
        try {
            String clusterId = Uuid.randomUuid().toString();
            if (size == 1) {
                cluster.startOneAndItsController(directory, clusterId, logs);
            } else {
                cluster.startAlike(directory, size, clusterId, logs);
            }
            for (NodeProcess broker : cluster.brokers) {
                broker.awaitUp();
            }
            up = true;
            return cluster;
        } finally {
            if (!up) {
                cluster.close();
            }
        }
    }

    private void startOneAndItsController(Path directory, String clusterId, Path logs) throws IOException {
        List<Integer> ports = List.of(Ports.free());
        controllers.add(NodeProcess.start(
                new KafkaNode(Roles.CONTROLLER, 1, 0, 0, dataOf(1, directory), clusterId, ports), logs));
        startBroker(Roles.BROKER, 2, directory, clusterId, ports, logs);
    }

    private void startAlike(Path directory, int size, String clusterId, Path logs) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            ports.add(Ports.free());
        }
        for (int id = 1; id <= size; id++) {
            startBroker(Roles.BROKER_AND_CONTROLLER, id, directory, clusterId, ports, logs);
        }
    }

    private void startBroker(Roles roles, int id, Path directory, String clusterId, List<Integer> ports, Path logs)
            throws IOException {
        int port = Ports.free();
        TcpProxy proxy = TcpProxy.before(port);
        proxies.add(proxy);
        brokers.add(NodeProcess.start(
                new KafkaNode(roles, id, port, proxy.port(), dataOf(id, directory), clusterId, ports), logs));
    }

    private static Path dataOf(int id, Path directory) throws IOException {
        return Files.createDirectories(directory.resolve("node-" + id));
    }

    /** For a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return proxies.stream().map(proxy -> "127.0.0.1:" + proxy.port()).collect(Collectors.joining(","));
    }

    /** In the order of their ids. */
    public List<NodeProcess> brokers() {
        return List.copyOf(brokers);
    }

    /** In the same order. */
    public List<TcpProxy> proxies() {
        return List.copyOf(proxies);
    }

    /**
     * Starts the only broker again, which has ended, once its controller knows that it has. Earlier it would come back as the leader of all
     * that it led, begin to end transactions, and only then lose the lead for a moment; what has no leader it takes for deleted
     * (KAFKA-20734).
     */
    public void restartOnly() throws IOException, InterruptedException {
        NodeProcess controller = controllers.get(0);
        Patience.of(MISSED_WITHIN).until("the controller misses the broker", () -> {
            String said = controller.child().said();
            return said.lastIndexOf(GONE) > said.lastIndexOf(BACK);
        });
        brokers.get(0).restart();
    }

    @Override
    public void close() {
        brokers.forEach(NodeProcess::close);
        controllers.forEach(NodeProcess::close);
        proxies.forEach(TcpProxy::close);
    }
}
