package dev.lastmile.local.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A broker that asks who is there and allows nothing that was not granted: users log in by SCRAM, and rights are kept by
 * Kafka's own authorizer. A second listener takes whoever comes, as nobody in particular, so that it can be tried what nobody may
 * do.
 *
 * @param administrator who may do everything; the broker itself is this user too
 * @param password the administrator's, without quotes or backslashes
 * @param tls settings {@code ssl.*} of the listener; without any it does not encrypt
 */
public record BrokerSecurity(String administrator, String password, Map<String, String> tls) {

    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String MODULES = "org.apache.kafka.common.security.";

    public BrokerSecurity {
        if (!password.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("password must be of letters, digits and hyphens");
        }
        tls = Map.copyOf(tls);
    }

    /** Users that are there before the broker is, as Kafka's formatter takes them. */
    List<String> firstUsers() {
        return List.of(MECHANISM + "=[name=" + administrator + ",password=" + password + "]");
    }

    /** The broker's settings beyond those of an open one. */
    Map<String, String> settings(String host, int port, int openPort, int controllerPort) {
        String brokers = "SECURED://" + host + ":" + port + ",OPEN://" + host + ":" + openPort;
        Map<String, String> settings = new HashMap<>(tls);
        settings.putAll(Map.ofEntries(
                Map.entry("listeners", brokers + ",CONTROLLER://" + host + ":" + controllerPort),
                Map.entry("advertised.listeners", brokers),
                Map.entry(
                        "listener.security.protocol.map",
                        "SECURED:" + (tls.isEmpty() ? "SASL_PLAINTEXT" : "SASL_SSL")
                                + ",OPEN:PLAINTEXT,CONTROLLER:SASL_PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "SECURED"),
                Map.entry("sasl.enabled.mechanisms", MECHANISM),
                Map.entry("sasl.mechanism.inter.broker.protocol", MECHANISM),
                Map.entry("listener.name.secured.scram-sha-512.sasl.jaas.config", login("scram.ScramLoginModule", "")),
                // The controller's users cannot be in the metadata that it is about to read.
                Map.entry("listener.name.controller.sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("sasl.mechanism.controller.protocol", "PLAIN"),
                Map.entry(
                        "listener.name.controller.plain.sasl.jaas.config",
                        login("plain.PlainLoginModule", " user_" + administrator + "=\"" + password + "\"")),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:" + administrator)));
        return settings;
    }

    private String login(String module, String more) {
        return MODULES + module + " required username=\"" + administrator + "\" password=\"" + password + "\"" + more
                + ";";
    }

    /** Names the administrator alone. */
    @Override
    public String toString() {
        return "BrokerSecurity[administrator=" + administrator + ", encrypted=" + !tls.isEmpty() + "]";
    }
}
