package dev.lastmile.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The page for people: a fixed set of files from the class path, read once. A path is looked up in a table and never used
 * to open anything, so no path can leave the set.
 */
final class Page {

    private final Map<String, Response> files = new LinkedHashMap<>();

    Page() {
        add("/", "index.html", "text/html; charset=utf-8");
        add("/page.css", "page.css", "text/css; charset=utf-8");
        add("/page.js", "page.js", "text/javascript; charset=utf-8");
        add("/chart.js", "chart.js", "text/javascript; charset=utf-8");
        add("/icon.svg", "icon.svg", "image/svg+xml");
    }

    Optional<Response> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private void add(String path, String resource, String contentType) {
        try (InputStream in = Page.class.getResourceAsStream("page/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: page/" + resource);
            }
            files.put(path, new Response(200, contentType, Map.of("Cache-Control", "no-cache"), in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
