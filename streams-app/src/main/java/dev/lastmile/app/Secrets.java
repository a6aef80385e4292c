package dev.lastmile.app;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What must not be printed, by its name or by where it stands. */
final class Secrets {

    /** What is printed in place of a secret. */
    static final String MASK = "********";

    private static final List<String> TELLING = List.of(
            "password", "secret", "token", "jaas", "credential", "user.info", "private", "passphrase", "api.key");
    private static final Pattern USER_OF_URL = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

    private Secrets() {}

    static boolean isSecretName(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return TELLING.stream().anyMatch(lower::contains);
    }

    /** A URL without the user and password that may stand before its host. */
    static String maskedUrl(String url) {
        return USER_OF_URL.matcher(url).replaceAll(MASK);
    }
}
