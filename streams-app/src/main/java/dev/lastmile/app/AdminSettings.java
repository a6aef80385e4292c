package dev.lastmile.app;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * How an administrator reaches the cluster: as the configuration says, or, since the monitor's user must not have an
 * administrator's rights, with settings of a file of his own.
 */
final class AdminSettings {

    /** Long enough for a leader to be elected, short enough for somebody who waits. */
    private static final int ANSWERS_WITHIN_MS = 30_000;

    private AdminSettings() {}

    /**
     * Properties of the administrator's client.
     *
     * @param file properties; where there is one, nothing is left of the configuration's own {@code security.*}, {@code
     *     sasl.*} and {@code ssl.*}
     * @throws ConfigurationException if the file cannot be read or has a key that Kafka's administrative client does not know
     */
    static Properties of(Configuration configuration, @Nullable Path file) {
        Properties properties = StreamsProperties.ofAdmin(configuration);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWERS_WITHIN_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWERS_WITHIN_MS / 2);
        if (file != null) {
            properties.keySet().removeIf(key -> isAboutSecurity(String.valueOf(key)));
            properties.putAll(read(file));
        }
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, configuration.applicationId() + "-administrator");
        return properties;
    }

    private static boolean isAboutSecurity(String key) {
        return Stream.of("security.", "sasl.", "ssl.").anyMatch(key::startsWith);
    }

    private static Properties read(Path file) {
        String name = TextFile.nameOf(file);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFile.read(file)));
        } catch (IOException | IllegalArgumentException e) {
            // The message may hold a piece of the file, and with it of a password.
            throw new ConfigurationException(name, "", "must be a properties file");
        }
        Set<String> known = AdminClientConfig.configNames();
        for (String key : properties.stringPropertyNames()) {
            if (!known.contains(key)) {
                throw new ConfigurationException(name, key, "is no setting of Kafka's administrative client");
            }
        }
        return properties;
    }
}
