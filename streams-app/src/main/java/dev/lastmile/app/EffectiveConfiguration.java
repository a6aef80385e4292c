package dev.lastmile.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.SessionWeighting;
import dev.lastmile.score.Normalisation;
import dev.lastmile.topology.DeploymentPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in force, defaults and overrides included, as YAML. Secrets are masked; what only informs, and a baseline that
 * came from a file, stand in comments. Without those two it says the same when it is read again.
 */
final class EffectiveConfiguration {

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private final Configuration configuration;

    EffectiveConfiguration(Configuration configuration) {
        this.configuration = configuration;
    }

    String yaml() {
        StringBuilder text = new StringBuilder();
        int index = 0;
        for (DeploymentPolicy policy : configuration.deployments()) {
            text.append("# deployments[" + index++ + "] " + policy.customer() + "/" + policy.deployment()
                    + ": configuration hash " + policy.configurationHash() + "\n");
            if (policy.baseline() instanceof BaselinePlan.Given given) {
                Baseline baseline = given.baseline();
                text.append("#   baseline " + baseline.version() + " from a file: "
                        + baseline.slices().size() + " slices\n");
            }
        }
        try {
            return text.append(YAML.writeValueAsString(tree())).toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private ObjectNode tree() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("applicationId", configuration.applicationId());
        ObjectNode kafka = root.putObject("kafka");
        new TreeMap<>(configuration.kafka().properties())
                .forEach((key, value) -> kafka.put(key, KafkaSettings.isSecret(key) ? Secrets.MASK : value));
        ObjectNode registry = root.putObject("registry");
        registry.put("url", Secrets.maskedUrl(configuration.registry().url()));
        ObjectNode properties = registry.putObject("properties");
        for (Map.Entry<String, String> entry :
                new TreeMap<>(configuration.registry().properties()).entrySet()) {
            boolean secret = Secrets.isSecretName(entry.getKey());
            properties.put(entry.getKey(), secret ? Secrets.MASK : entry.getValue());
        }
        root.putObject("state")
                .put("directory", configuration.state().directory().toString())
                .put("memory", configuration.state().memory().toString())
                .put("index", configuration.state().index().toString())
                .put("threads", configuration.state().threads());
        root.set("http", http(configuration.http()));
        root.putObject("metrics")
                .put("seriesLimit", configuration.metrics().seriesLimit())
                .put("bytesLimit", configuration.metrics().bytesLimit());
        root.putObject("topics").put("replicationFactor", configuration.topics().replicationFactor());
        root.put("drainInterval", configuration.drainInterval().toString());
        root.put("deploymentsPerCustomer", configuration.deploymentsPerCustomer());
        ArrayNode deployments = root.putArray("deployments");
        configuration.deployments().forEach(policy -> deployments.add(policy(policy)));
        return root;
    }

    private static ObjectNode http(HttpSettings http) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("host", http.host()).put("port", http.port());
        Tls tls = http.tls();
        if (tls instanceof Tls.Pem pem) {
            node.putObject("tls")
                    .put("certificate", pem.certificate().toString())
                    .put("key", pem.key().toString());
        } else if (tls instanceof Tls.Store store) {
            node.putObject("tls")
                    .put("keystore", store.keystore().toString())
                    .put("passwordFile", store.passwordFile().toString());
        }
        if (!http.tokens().isEmpty()) {
            ArrayNode tokens = node.putArray("tokens");
            for (TokenFile token : http.tokens()) {
                ObjectNode its = tokens.addObject().put("file", token.file().toString());
                if (token.customer() != null) {
                    its.put("customer", token.customer());
                }
            }
        }
        if (http.healthFile() != null) {
            node.put("healthFile", http.healthFile().toString());
        }
        return node;
    }

    private static ObjectNode policy(DeploymentPolicy policy) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("customer", policy.customer());
        node.put("deployment", policy.deployment());
        node.put("metric", policy.scorer().metric().wireName());
        ArrayNode dimensions = node.putArray("dimensions");
        policy.slicing().dimensions().forEach(dimensions::add);
        ArrayNode intersections = node.putArray("intersections");
        policy.slicing().intersections().forEach(names -> names.forEach(intersections.addArray()::add));
        node.put("bucket", policy.bucket().toString());
        node.put("horizon", policy.horizon().toString());
        node.put("corrections", policy.corrections());
        baseline(node, policy.baseline());
        node.set("detection", detection(policy.detection()));
        node.put("positiveLabel", policy.scorer().positiveLabel());
        node.put("scale", policy.scorer().scale());
        Normalisation normalisation = policy.scorer().normalisation();
        node.putObject("normalisation")
                .put("form", normalisation.form().name())
                .put("lowerCase", normalisation.lowerCase())
                .put("keep", normalisation.keep());
        node.putObject("limits")
                .put("valuesPerDimension", policy.limits().valuesPerDimension())
                .put("liveSlices", policy.limits().liveSlices())
                .put("maxAge", policy.limits().maxAge().toString());
        return node;
    }

    private static void baseline(ObjectNode node, BaselinePlan plan) {
        if (plan instanceof BaselinePlan.FirstLabelled first) {
            node.putObject("baseline").put("labelled", first.labelled());
        } else if (plan instanceof BaselinePlan.Range range) {
            node.putObject("baseline")
                    .put("from", Instant.ofEpochMilli(range.fromMs()).toString())
                    .put("to", Instant.ofEpochMilli(range.toExclusiveMs()).toString())
                    .put("settle", range.settle().toString());
        }
        // A given one stands in a comment: the policy holds what was in the file, not its name. None is no key at all.
    }

    private static ObjectNode detection(DetectionSettings settings) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("budget", settings.budget())
                .put("margin", settings.margin())
                .put("disparityGap", settings.disparityGap())
                .put("minimumBaseline", settings.minimumBaseline())
                .put("minimumLabelled", settings.minimumLabelled())
                .put("minimumEffect", settings.minimumEffect())
                .put("baselineSigmas", settings.baselineSigmas())
                .put("clearEffect", settings.clearEffect())
                .put("staleAfter", settings.staleAfter().toString())
                .put("coolDown", settings.coolDown().toString())
                .put("coverageMargin", settings.coverageMargin());
        sessions(settings.sessions(), node);
        ObjectNode budgets = node.putObject("budgets");
        settings.budgets().forEach((verdict, budget) -> budgets.put(verdict.name(), budget));
        return node;
    }

    private static void sessions(SessionWeighting weighting, ObjectNode node) {
        if (weighting instanceof SessionWeighting.Largest largest) {
            node.putObject("sessions").put("largest", largest.inferences());
        } else {
            node.put("sessions", weighting instanceof SessionWeighting.Independent ? "independent" : "estimated");
        }
    }
}
