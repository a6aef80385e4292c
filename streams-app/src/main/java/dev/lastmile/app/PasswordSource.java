package dev.lastmile.app;

import dev.lastmile.provision.Password;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a user's password comes from: a file or the environment, never the command line, which every process may read. */
final class PasswordSource {

    private static final class Place {

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                required = true,
                description = "a file whose only line is the user's password")
        private @Nullable Path file;

        @Option(
                names = "--password-env",
                paramLabel = "NAME",
                required = true,
                description = "the environment variable that holds the user's password")
        private @Nullable String variable;
    }

    @ArgGroup
    private @Nullable Place place;

    /**
     * The password, or null if none was given.
     *
     * @throws ConfigurationException if there is none where it should be, or it is too weak; without the password
     */
    @Nullable
    Password read(Main main) {
        if (place == null) {
            return null;
        }
        if (place.file != null) {
            return checked(
                    TextFile.nameOf(place.file), TextFile.read(place.file).stripTrailing());
        }
        String name = String.valueOf(place.variable);
        String value = main.variable(name);
        if (value == null) {
            throw new ConfigurationException("--password-env", "", "no environment variable is called " + name);
        }
        return checked(name, value);
    }

    private static Password checked(String source, String text) {
        try {
            return new Password(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(source, "", String.valueOf(e.getMessage()));
        }
    }
}
