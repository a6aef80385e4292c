package dev.lastmile.benchmarks.throughput.contestant;

import dev.lastmile.benchmarks.load.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a monitor runs with.
 *
 * @param bootstrapServers the broker
 * @param registryUrl the schema registry
 * @param application its name
 * @param state the directory of its state
 * @param memory of its stores together, beside the heap
 * @param kafka further properties of Kafka's clients
 * @param policies each as YAML, in their order
 */
public record MonitorConfiguration(
        String bootstrapServers,
        String registryUrl,
        String application,
        Path state,
        String memory,
        Map<String, String> kafka,
        List<String> policies) {

    /** What the monitor takes where its configuration says nothing. */
    public static final String SHIPPED_MEMORY = "256MiB";

    public MonitorConfiguration {
        kafka = Map.copyOf(kafka);
        policies = List.copyOf(policies);
    }

    /** One that says no more than it has to, but for room for as many deployments as a load invents: all else is as it is shipped. */
    public static MonitorConfiguration shipped(
            String bootstrapServers, String registryUrl, String application, Path state, List<String> policies) {
        return new MonitorConfiguration(
                bootstrapServers, registryUrl, application, state, SHIPPED_MEMORY, Map.of(), policies);
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
                kafka: {bootstrap.servers: "%s"%s}
                registry: {url: "%s"}
                state: {directory: "%s", memory: %s}
                http: {port: 0}
                deploymentsPerCustomer: 100000
                deployments:
                %s""".formatted(
                        application,
                        bootstrapServers,
                        new TreeMap<>(kafka)
                                .entrySet().stream()
                                        .map(property -> ", " + property.getKey() + ": \"" + property.getValue() + "\"")
                                        .collect(Collectors.joining()),
                        registryUrl,
                        state,
                        memory,
                        String.join("", policies));
    }
}
