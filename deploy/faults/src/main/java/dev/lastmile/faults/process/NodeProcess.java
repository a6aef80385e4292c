package dev.lastmile.faults.process;

import dev.lastmile.local.broker.EmbeddedBroker;
import dev.lastmile.local.broker.KafkaNode;
import dev.lastmile.local.broker.KafkaNode.Roles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A node of the cluster, broker or controller, in a process of its own; its data outlive it. */
public final class NodeProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String UP = "node is up";

    private final KafkaNode node;
    private final Path logs;
    private int starts;
    private Child child;

    private NodeProcess(KafkaNode node, Path logs) throws IOException {
        this.node = node;
        this.logs = logs;
        this.child = started();
    }

    /** Starts one and does not wait for it: several must start at once. */
    public static NodeProcess start(KafkaNode node, Path logs) throws IOException {
        return new NodeProcess(node, logs);
    }

    private Child started() throws IOException {
        starts++;
        return Child.start(
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dlogback.configurationFile=logback-node.xml"),
                NodeProcess.class,
                node.arguments(),
                logs.resolve(name() + "-" + starts + ".log"));
    }

    private String name() {
        return (node.roles() == Roles.CONTROLLER ? "controller-" : "broker-") + node.id();
    }

    /** Waits until it serves. */
    public void awaitUp() throws IOException, InterruptedException {
        Patience.of(START_TIMEOUT)
                .until(name() + " is up", () -> child.said().contains(UP), child::isAlive, child::said);
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

    /** Runs a node until it is told to end, or whoever started it is gone. */
    public static void main(String[] arguments) throws IOException {
        Parent.watch();
        EmbeddedBroker broker = EmbeddedBroker.start(KafkaNode.of(List.of(arguments)));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        System.out.println(UP);
    }
}
