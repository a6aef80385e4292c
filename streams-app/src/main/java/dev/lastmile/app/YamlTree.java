package dev.lastmile.app;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.Iterator;

/**
 * YAML, which JSON is a part of, as a tree. Stricter than the parser below it, which lets the last of two equal keys win,
 * takes an alias for a text, stops reading after the first document, and takes {@code yes} for true, {@code 010} for 8 and
 * {@code True} for true: what is written otherwise than it would be printed is text here.
 */
final class YamlTree {

    /** Deeper than any setting. */
    private static final int MAX_DEPTH = 16;

    private static final YAMLFactory YAML = new YAMLFactory();

    private final String source;
    private final YAMLParser parser;

    private YamlTree(String source, YAMLParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /**
     * Parses one document that is a mapping.
     *
     * @param source what to call the text in messages
     */
    static ObjectNode parse(String source, String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            YamlTree tree = new YamlTree(source, parser);
            if (parser.nextToken() == null) {
                throw new ConfigurationException(source, "", "is empty");
            }
            JsonNode node = tree.value("", 0);
            if (parser.nextToken() != null) {
                throw new ConfigurationException(source, "", "must hold one YAML document only");
            }
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new ConfigurationException(source, "", "must be a mapping of keys to values");
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(source, "", "is no YAML: " + firstLine(e) + at(e.getLocation()));
        } catch (IOException impossible) {
            throw new ConfigurationException(source, "", "cannot be read: " + impossible.getMessage());
        }
    }

    private JsonNode value(String path, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new ConfigurationException(source, path, "must not be nested deeper than " + MAX_DEPTH);
        }
        if (parser.isCurrentAlias()) {
            throw new ConfigurationException(source, path, "must be written out: YAML aliases are not supported");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(path, depth);
            case START_ARRAY -> array(path, depth);
            case VALUE_STRING -> JsonNodeFactory.instance.textNode(parser.getText());
            case VALUE_NUMBER_INT -> asWritten(JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue()));
            case VALUE_NUMBER_FLOAT -> JsonNodeFactory.instance.numberNode(number());
            case VALUE_TRUE, VALUE_FALSE ->
                asWritten(JsonNodeFactory.instance.booleanNode(token == JsonToken.VALUE_TRUE));
            case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new ConfigurationException(source, path, "is nothing that can be read");
        };
    }

    private JsonNode asWritten(JsonNode value) throws IOException {
        String written = parser.getText();
        return value.asText().equals(written) ? value : JsonNodeFactory.instance.textNode(written);
    }

    /** The parser knows YAML's {@code .nan} and {@code .inf} for numbers but cannot read them; no setting may be either. */
    private double number() throws IOException {
        try {
            return Double.parseDouble(parser.getText().replace("_", ""));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private ObjectNode object(String path, int depth) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            if (object.has(key)) {
                throw new ConfigurationException(source, keyPath, "must be given once");
            }
            object.set(key, value(keyPath, depth + 1));
        }
        return object;
    }

    private ArrayNode array(String path, int depth) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(path + "[" + array.size() + "]", depth + 1));
        }
        return array;
    }

    private static String firstLine(JsonProcessingException e) {
        Iterator<String> lines = e.getOriginalMessage().lines().iterator();
        return lines.hasNext() ? lines.next() : "not understood";
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
