package dev.lastmile.faults.process;

import dev.lastmile.local.broker.BrokerNode;
import dev.lastmile.local.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A broker in a process of its own; its data outlive it. */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String UP = "broker is up";

    private final BrokerNode node;
    private final Path logs;
    private int starts;
    private Child child;

    private BrokerProcess(BrokerNode node, Path logs) throws IOException {
        this.node = node;
        this.logs = logs;
        this.child = started();
    }

    /** Starts one and does not wait for it: several must start at once. */
    public static BrokerProcess start(BrokerNode node, Path logs) throws IOException {
        return new BrokerProcess(node, logs);
    }

    private Child started() throws IOException {
        starts++;
        return Child.start(
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                BrokerProcess.class,
                node.arguments(),
                logs.resolve("broker-" + node.id() + "-" + starts + ".log"));
    }

    /** Waits until it serves. */
    public void awaitUp() throws IOException, InterruptedException {
        Patience.of(START_TIMEOUT)
                .until("broker " + node.id() + " is up", () -> child.said().contains(UP), child::isAlive, child::said);
    }

    /** Starts it again over the same data. */
    public void restart() throws IOException, InterruptedException {
        child.close();
        child = started();
        awaitUp();
    }

    /** Its process as it is now. */
    public Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }

    /** Runs a broker until it is told to end, or whoever started it is gone. */
    public static void main(String[] arguments) throws IOException {
        Parent.watch();
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerNode.of(List.of(arguments)));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        System.out.println(UP);
    }
}
