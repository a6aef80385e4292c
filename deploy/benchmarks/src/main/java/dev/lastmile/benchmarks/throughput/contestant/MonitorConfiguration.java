package dev.lastmile.benchmarks.throughput.contestant;

import dev.lastmile.benchmarks.load.Shape;
import java.nio.file.Path;
import java.util.List;

/**
 * What a monitor runs with.
 *
 * @param bootstrapServers the broker
 * @param registryUrl the schema registry
 * @param application its name
 * @param state the directory of its state
 * @param memory of its stores together, beside the heap
 * @param policies each as YAML, in their order
 */
public record MonitorConfiguration(
        String bootstrapServers,
        String registryUrl,
        String application,
        Path state,
        String memory,
        List<String> policies) {

    /** What the monitor takes where its configuration says nothing. */
    public static final String SHIPPED_MEMORY = "256MiB";

    public MonitorConfiguration {
        policies = List.copyOf(policies);
    }

    /**
     * A policy for all deployments.
     *
     * @param customer whose; {@code *} for everybody's
     * @param shape of what they send
     * @param baseline so many labelled inferences of a deployment are its baseline
     */
    public static String policy(String customer, Shape shape, long baseline) {
        return """
                - {customer: "%s", deployment: "*", metric: %s, dimensions: %s, intersections: %s, baseline: {labelled: %d}}
                """.formatted(
                        customer,
                        shape.content().metric(),
                        shape.slices().dimensions(),
                        shape.slices().declaredIntersections(),
                        baseline);
    }

    /** As the monitor reads it. */
    public String yaml() {
        return """
                applicationId: %s
                kafka: {bootstrap.servers: "%s"}
                registry: {url: "%s"}
                state: {directory: "%s", memory: %s}
                http: {port: 0}
                deployments:
                %s""".formatted(application, bootstrapServers, registryUrl, state, memory, String.join("", policies));
    }
}
