package dev.lastmile.app;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The schema registry.
 *
 * @param url {@code http://…} or {@code https://…}, more separated by commas; {@code mock://scope} is one inside this JVM
 * @param properties passed on to the registry's client, for example {@code basic.auth.user.info}
 */
public record RegistrySettings(String url, Map<String, String> properties) {

    public RegistrySettings {
        for (String one : url.split(",", -1)) {
            if (!isUrl(one.strip())) {
                throw new IllegalArgumentException(
                        "url must be http://, https:// or mock://: " + Secrets.maskedUrl(url));
            }
        }
        properties = Map.copyOf(properties);
    }

    static RegistrySettings of(Section section) {
        section.only("url", "properties");
        String url = section.text("url");
        Map<String, String> properties = section.section("properties").settings();
        return section.built(() -> new RegistrySettings(url, properties), "url");
    }

    /** Whether it is one of this JVM, which nobody reaches by HTTP. */
    boolean isInThisJvm() {
        return url.startsWith("mock://");
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getScheme() != null
                    && List.of("http", "https", "mock").contains(uri.getScheme())
                    && uri.getRawAuthority() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
