package dev.lastmile.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings from environment variables. A variable is {@code LASTMILE_} and the key's path in upper case, with {@code _}
 * for dots and before what a capital letter begins: {@code http.port} is {@code LASTMILE_HTTP_PORT}. What follows {@code
 * LASTMILE_KAFKA_} and {@code LASTMILE_REGISTRY_PROPERTIES_} is a setting's own name with its dots.
 */
final class EnvironmentOverrides {

    static final String PREFIX = "LASTMILE_";

    private static final String KAFKA = PREFIX + "KAFKA_";
    private static final String REGISTRY_PROPERTIES = PREFIX + "REGISTRY_PROPERTIES_";

    /** Every scalar key. Lists, such as the deployments, are only in the file. */
    private static final List<String> PATHS = List.of(
            "applicationId",
            "registry.url",
            "state.directory",
            "state.memory",
            "state.index",
            "state.threads",
            "http.host",
            "http.port",
            "http.tls.certificate",
            "http.tls.key",
            "http.tls.keystore",
            "http.tls.passwordFile",
            "http.healthFile",
            "metrics.seriesLimit",
            "metrics.bytesLimit",
            "topics.replicationFactor",
            "drainInterval");

    /** What Kubernetes sets in every pod for a service called {@code lastmile…}; none of it is meant for the monitor. */
    private static final Pattern SERVICE_NAME =
            Pattern.compile(PREFIX + "(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_.*)?)");

    private static final Pattern SERVICE_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private EnvironmentOverrides() {}

    /**
     * Puts what the environment says into the tree.
     *
     * @return which path was given by which variable
     * @throws ConfigurationException for a variable that names no setting
     */
    static Map<String, String> apply(ObjectNode tree, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !isOfKubernetes(name, value)) {
                String path = set(tree, name, value);
                variables.put(path, name);
            }
        });
        return variables;
    }

    private static boolean isOfKubernetes(String name, String value) {
        return SERVICE_NAME.matcher(name).matches()
                || SERVICE_VALUE.matcher(value).matches();
    }

    private static String set(ObjectNode tree, String name, String value) {
        if (name.startsWith(KAFKA)) {
            String key = dotted(name.substring(KAFKA.length()));
            section(tree, name, "kafka").put(key, value);
            return "kafka." + key;
        }
        if (name.startsWith(REGISTRY_PROPERTIES)) {
            String key = dotted(name.substring(REGISTRY_PROPERTIES.length()));
            section(section(tree, name, "registry"), name, "properties").put(key, value);
            return "registry.properties." + key;
        }
        for (String path : PATHS) {
            if (name.equals(variableOf(path))) {
                ObjectNode parent = tree;
                int from = 0;
                for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
                    parent = section(parent, name, path.substring(from, dot));
                    from = dot + 1;
                }
                parent.put(path.substring(from), value);
                return path;
            }
        }
        throw new ConfigurationException(name, "", "is no setting that the environment can override");
    }

    /** The variable of a path. */
    static String variableOf(String path) {
        return PREFIX
                + path.replace('.', '_')
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toUpperCase(Locale.ROOT);
    }

    private static String dotted(String suffix) {
        return suffix.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static ObjectNode section(ObjectNode parent, String variable, String key) {
        JsonNode child = parent.get(key);
        if (child == null) {
            return parent.putObject(key);
        }
        if (child instanceof ObjectNode object) {
            return object;
        }
        throw new ConfigurationException(variable, key, "must be a mapping of keys to values in the file");
    }
}
