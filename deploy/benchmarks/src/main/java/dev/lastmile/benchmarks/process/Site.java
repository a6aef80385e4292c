package dev.lastmile.benchmarks.process;

import dev.lastmile.local.broker.EmbeddedBroker;
import dev.lastmile.local.registry.EmbeddedRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Broker and registry in a process of their own, so that their processor time is not the contestants'. They live until the
 * process that started them closes their input, or ends.
 */
public final class Site implements AutoCloseable {

    private static final String READY = "READY ";

    private final Process process;
    private final String bootstrapServers;
    private final String registryUrl;

    private Site(Process process, String bootstrapServers, String registryUrl) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    /** The process: starts both, says where they are, and waits for the end of its input. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start(0)) {
            for (String customer : List.of(arguments).subList(1, arguments.length)) {
                broker.createCustomerTopicsKeptForever(customer, Integer.parseInt(arguments[0]));
            }
            System.out.println(READY + broker.bootstrapServers() + " " + registry.url());
            while (System.in.read() >= 0) {
                // Whatever is said to it, it stays.
            }
        }
    }

    /** Starts it, with the customers' topics. */
    public static Site start(int partitions, List<String> customers) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(partitions));
        arguments.addAll(customers);
        Child child = Java.start(List.of("-Xmx2g"), Site.class, arguments);
        BufferedReader out = child.process().inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                String[] parts = line.substring(READY.length()).split(" ", -1);
                return new Site(child.process(), parts[0], parts[1]);
            }
        }
        throw new IOException("the broker did not start" + child.lastWords());
    }

    /** The broker. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The schema registry. */
    public String registryUrl() {
        return registryUrl;
    }

    /** Processor time so far. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
