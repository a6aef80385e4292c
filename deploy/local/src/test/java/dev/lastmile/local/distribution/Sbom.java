package dev.lastmile.local.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A CycloneDX document.
 *
 * @param json all of it
 */
record Sbom(JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a POM calls a licence that SPDX knows by another name. */
    private static final Map<String, String> BY_NAME = Map.of("Go License", "BSD-3-Clause");

    static Sbom of(byte[] document) {
        try {
            return new Sbom(JSON.readTree(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the document is about. */
    Component subject() {
        return component(json.at("/metadata/component"));
    }

    List<Component> components() {
        return elements(json.get("components")).map(Sbom::component).toList();
    }

    private static Component component(JsonNode node) {
        return new Component(
                node.path("group").asText(),
                node.path("name").asText(),
                node.path("version").asText(),
                licences(node.path("licenses")));
    }

    private static Set<String> licences(JsonNode licences) {
        return elements(licences)
                .map(choice -> choice.has("expression")
                        ? choice.get("expression").asText()
                        : choice.at("/license/id")
                                .asText(choice.at("/license/name").asText()))
                .flatMap(text -> Stream.of(text.split(" OR ", -1)))
                .map(text -> BY_NAME.getOrDefault(text, text))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
