package dev.lastmile.faults.installation;

import dev.lastmile.faults.process.BrokerProcess;
import dev.lastmile.faults.proxy.TcpProxy;
import dev.lastmile.local.broker.BrokerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/** Brokers, each in a process of its own and behind a proxy, through which everybody reaches it, the other brokers included. */
public final class Cluster implements AutoCloseable {

    private final List<BrokerProcess> brokers = new ArrayList<>();
    private final List<TcpProxy> proxies = new ArrayList<>();

    private Cluster() {}

    /** Starts so many, and waits until they serve. */
    static Cluster start(Path directory, int size, Path logs) throws IOException, InterruptedException {
        Cluster cluster = new Cluster();
        boolean up = false;
        try {
            String clusterId = Uuid.randomUuid().toString();
            List<Integer> controllers = new ArrayList<>();
            for (int id = 1; id <= size; id++) {
                controllers.add(Ports.free());
            }
            for (int id = 1; id <= size; id++) {
                int port = Ports.free();
                TcpProxy proxy = TcpProxy.before(port);
                cluster.proxies.add(proxy);
                Path data = Files.createDirectories(directory.resolve("broker-" + id));
                cluster.brokers.add(BrokerProcess.start(
                        new BrokerNode(id, port, proxy.port(), data, clusterId, controllers), logs));
            }
            for (BrokerProcess broker : cluster.brokers) {
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

    /** For a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return proxies.stream().map(proxy -> "127.0.0.1:" + proxy.port()).collect(Collectors.joining(","));
    }

    /** In the order of their ids, which begin with 1. */
    public List<BrokerProcess> brokers() {
        return List.copyOf(brokers);
    }

    /** In the same order. */
    public List<TcpProxy> proxies() {
        return List.copyOf(proxies);
    }

    @Override
    public void close() {
        brokers.forEach(BrokerProcess::close);
        proxies.forEach(TcpProxy::close);
    }
}
