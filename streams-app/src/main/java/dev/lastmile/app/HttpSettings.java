package dev.lastmile.app;

import java.net.URI;

/**
 * Where metrics, health, API and page are served.
 *
 * @param host a name or address of this machine; anything but loopback can be read by whoever reaches it
 * @param port 1 to 65,535, or 0 for any free one
 */
public record HttpSettings(String host, int port) {

    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 8080;

    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
        }
    }

    /** Where somebody on this machine finds it. */
    URI local() {
        String name = host.equals("0.0.0.0") || host.equals("::") ? DEFAULT_HOST : host;
        return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port + "/");
    }

    static HttpSettings of(Section section) {
        section.only("host", "port");
        String host = section.text("host", DEFAULT_HOST);
        int port = section.small("port", DEFAULT_PORT);
        return section.built(() -> new HttpSettings(host, port), "host", "port");
    }
}
