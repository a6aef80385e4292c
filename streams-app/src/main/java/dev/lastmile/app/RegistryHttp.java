package dev.lastmile.app;

import io.confluent.kafka.schemaregistry.client.rest.RestService;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Map;

/**
 * The registry client's HTTP with limits: an answer that is too long or comes too slowly fails, and nobody is followed to where the
 * registry, or what stands before it, points. All of these count as a registry that cannot be asked, but for
 * a schema that is too long.
 */
final class RegistryHttp extends RestService {

    /** To the registries, which all know the same. */
    RegistryHttp(List<String> urls) {
        super(urls);
    }

    @Override
    protected HttpURLConnection buildConnection(URL url, String method, Map<String, String> properties)
            throws IOException {
        HttpURLConnection connection = super.buildConnection(url, method, properties);
        connection.setInstanceFollowRedirects(false);
        return new BoundedConnection(connection);
    }
}
