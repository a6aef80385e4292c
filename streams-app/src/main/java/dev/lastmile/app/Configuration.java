package dev.lastmile.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.topology.DeploymentPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Everything that can be set, checked: a configuration that exists can be run.
 *
 * @param applicationId names the consumer group and the internal topics; instances that share it share the work
 * @param kafka brokers and passed-through settings
 * @param registry the schema registry
 * @param state state on this machine
 * @param http where to listen
 * @param metrics what Prometheus gets
 * @param topics the topics the monitor makes
 * @param drainInterval how often partial sums go to the second stage, 100 ms to 1 min
 * @param deploymentsPerCustomer that are counted, by each task, beside those that a policy names
 * @param deployments what is measured, and how; the first that matches counts
 */
public record Configuration(
        String applicationId,
        KafkaSettings kafka,
        RegistrySettings registry,
        StateSettings state,
        HttpSettings http,
        MetricsSettings metrics,
        TopicSettings topics,
        Duration drainInterval,
        int deploymentsPerCustomer,
        List<DeploymentPolicy> deployments) {

    static final String DEFAULT_APPLICATION_ID = "lastmile";
    static final Duration DEFAULT_DRAIN_INTERVAL = Duration.ofSeconds(1);
    static final int DEFAULT_DEPLOYMENTS_PER_CUSTOMER = 1_000;

    /** What both a consumer group and the first part of a topic's name may be. */
    private static final Pattern APPLICATION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Duration SHORTEST_DRAIN = Duration.ofMillis(100);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(1);

    public Configuration {
        if (!APPLICATION_ID.matcher(applicationId).matches()) {
            throw new IllegalArgumentException("applicationId must match " + APPLICATION_ID + ": " + applicationId);
        }
        if (drainInterval.compareTo(SHORTEST_DRAIN) < 0 || drainInterval.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException("drainInterval must be in [PT0.1S, PT1M]: " + drainInterval);
        }
        if (deploymentsPerCustomer < 1) {
            throw new IllegalArgumentException("deploymentsPerCustomer must be >= 1: " + deploymentsPerCustomer);
        }
        deployments = List.copyOf(deployments);
        if (deployments.isEmpty()) {
            throw new IllegalArgumentException("deployments must have one entry or more");
        }
    }

    /**
     * Reads a configuration file.
     *
     * @param file YAML; the files it names are relative to where it lies
     * @param environment variables, of which those beginning with {@code LASTMILE_} override the file
     * @throws ConfigurationException naming the key's path if anything is wrong
     */
    public static Configuration read(Path file, Map<String, String> environment) {
        return parse(TextFile.nameOf(file), TextFile.read(file), TextFile.directoryOf(file), environment);
    }

    /**
     * Reads a configuration.
     *
     * @param source what to call the text in messages
     * @param text YAML
     * @param directory what files it names are relative to
     * @param environment variables, of which those beginning with {@code LASTMILE_} override the text
     * @throws ConfigurationException naming the key's path if anything is wrong
     */
    public static Configuration parse(String source, String text, Path directory, Map<String, String> environment) {
        ObjectNode tree = YamlTree.parse(source, text);
        Map<String, String> variables = EnvironmentOverrides.apply(tree, environment);
        Section root = Section.root(source, tree, variables)
                .only(
                        "applicationId",
                        "kafka",
                        "registry",
                        "state",
                        "http",
                        "metrics",
                        "topics",
                        "drainInterval",
                        "deploymentsPerCustomer",
                        "deployments");
        String applicationId = root.text("applicationId", DEFAULT_APPLICATION_ID);
        KafkaSettings kafka = KafkaSettings.of(root.section("kafka"));
        RegistrySettings registry = RegistrySettings.of(root.section("registry"));
        StateSettings state = StateSettings.of(root.section("state"));
        HttpSettings http = HttpSettings.of(root.section("http"), directory);
        MetricsSettings metrics = MetricsSettings.of(root.section("metrics"));
        TopicSettings topics = TopicSettings.of(root.section("topics"));
        Duration drainInterval = root.duration("drainInterval", DEFAULT_DRAIN_INTERVAL);
        int deploymentsPerCustomer = root.small("deploymentsPerCustomer", DEFAULT_DEPLOYMENTS_PER_CUSTOMER);
        List<DeploymentPolicy> deployments = new PolicyParser(directory).policies(root);
        return root.built(
                () -> new Configuration(
                        applicationId,
                        kafka,
                        registry,
                        state,
                        http,
                        metrics,
                        topics,
                        drainInterval,
                        deploymentsPerCustomer,
                        deployments),
                "applicationId",
                "drainInterval",
                "deploymentsPerCustomer",
                "deployments");
    }
}
