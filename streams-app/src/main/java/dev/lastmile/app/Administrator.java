package dev.lastmile.app;

import dev.lastmile.provision.Installation;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which cluster it is about and who asks. */
final class Administrator {

    @Mixin
    private Main.ConfigurationFile configuration = new Main.ConfigurationFile();

    @Option(
            names = "--admin-config",
            paramLabel = "FILE",
            description =
                    "how an administrator connects, properties of a Kafka client, in place of security.*, sasl.* and"
                            + " ssl.* of the configuration")
    private @Nullable Path file;

    /** Where the configuration is. */
    Path configurationFile() {
        return configuration.file();
    }

    /** Which monitors' rights it is about. */
    Installation installation(Configuration settings) {
        try {
            return new Installation(settings.applicationId());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(TextFile.nameOf(configuration.file()), "", String.valueOf(e.getMessage()));
        }
    }

    /**
     * A client, which the caller closes; it has not connected yet.
     *
     * @throws ConfigurationException if settings are wrong, with nothing of a password in its message
     */
    Admin connect(Configuration settings) {
        try {
            return Admin.create(AdminSettings.of(settings, file));
        } catch (KafkaException e) {
            Path source = file == null ? configuration.file() : file;
            throw new ConfigurationException(TextFile.nameOf(source), "", problem(e));
        }
    }

    /** Kafka names keys and files in what it throws, but who wrote the login wrong may have a piece of it repeated. */
    private static String problem(Throwable failure) {
        String message = End.oneLine(End.rootOf(failure));
        return message.contains("JAAS") || message.contains("Login module")
                ? "sasl.jaas.config must be: MODULE required username=\"…\" password=\"…\";"
                : "no client can be made of its security.*, sasl.* and ssl.*: " + message;
    }
}
