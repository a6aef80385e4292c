package dev.lastmile.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a configuration file that knows where it stands, so that whatever is wrong in it is said with the key's
 * path. Nothing is converted silently: {@code "8080"} is no number and {@code 1} no text, unless it comes from an
 * environment variable, where everything is text.
 */
final class Section {

    private final String source;
    private final String path;
    private final ObjectNode node;
    /** Paths whose value an environment variable gave, and which. */
    private final Map<String, String> variables;

    private Section(String source, String path, ObjectNode node, Map<String, String> variables) {
        this.source = source;
        this.path = path;
        this.node = node;
        this.variables = variables;
    }

    /**
     * A whole file.
     *
     * @param variables paths whose value an environment variable gave, with the variable's name
     */
    static Section root(String source, ObjectNode node, Map<String, String> variables) {
        return new Section(source, "", node, variables);
    }

    /** Refuses every key but these. */
    Section only(String... keys) {
        Set<String> known = new TreeSet<>(List.of(keys));
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw problem(key, "unknown key; known here: " + String.join(", ", known));
            }
        });
        return this;
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** An error of this key; of the whole section if the key is empty. */
    ConfigurationException problem(String key, String problem) {
        String full = key.isEmpty() ? path : pathOf(key);
        return new ConfigurationException(variables.getOrDefault(full, source), full, problem);
    }

    /** Whether there is a section under a key, not a plain value. */
    boolean isSection(String key) {
        return has(key) && required(key).isObject();
    }

    /**
     * What the supplier builds. House style begins the message of a refusal with the name of what is refused: where that
     * is one of {@code keys}, the refusal is that key's, otherwise the whole section's.
     */
    <T> T built(Supplier<T> supplier, String... keys) {
        try {
            return supplier.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            for (String key : keys) {
                if (message.startsWith(key + " ")) {
                    throw problem(key, message.substring(key.length() + 1));
                }
            }
            throw problem("", message);
        }
    }

    /** What the function makes of a text that must be there. */
    <T> T parsed(String key, Function<String, T> parser) {
        return parsed(key, text(key), parser);
    }

    /** What the function makes of a text, or the default. */
    <T> T parsed(String key, T absent, Function<String, T> parser) {
        return has(key) ? parsed(key, text(key), parser) : absent;
    }

    private <T> T parsed(String key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw problem(key, String.valueOf(e.getMessage()));
        }
    }

    String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw problem(key, "must be text; put it in quotes if it is: " + value);
        }
        return value.textValue();
    }

    String text(String key, String absent) {
        return has(key) ? text(key) : absent;
    }

    /** Text, or a number or a truth value as it is written: what a label or an attribute's value may look like. */
    @Nullable
    String scalar(String key) {
        if (!has(key)) {
            return null;
        }
        return scalar(key, required(key));
    }

    private String scalar(String key, JsonNode value) {
        if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
            throw problem(key, "must be text or a whole number; put it in quotes: " + value);
        }
        return value.asText();
    }

    long whole(String key, long absent) {
        return has(key) ? whole(key) : absent;
    }

    long whole(String key) {
        JsonNode value = required(key);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isTextual() && isFromVariable(key)) {
            return converted(key, value.textValue(), Long::valueOf, "must be a whole number");
        }
        throw problem(key, "must be a whole number: " + value);
    }

    /** A whole number that fits an int. */
    int small(String key, int absent) {
        long value = whole(key, absent);
        if (value != (int) value) {
            throw problem(key, "must be at most " + Integer.MAX_VALUE + ": " + value);
        }
        return (int) value;
    }

    double number(String key, double absent) {
        return has(key) ? number(key) : absent;
    }

    double number(String key) {
        JsonNode value = required(key);
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        throw problem(key, "must be a number: " + value);
    }

    boolean flag(String key, boolean absent) {
        if (!has(key)) {
            return absent;
        }
        JsonNode value = required(key);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        throw problem(key, "must be true or false: " + value);
    }

    Duration duration(String key, Duration absent) {
        return has(key)
                ? converted(key, text(key), Duration::parse, "must be an ISO-8601 duration such as PT1H or P14D")
                : absent;
    }

    /** A point in time, epoch milliseconds. */
    long instantMs(String key) {
        return converted(
                key,
                text(key),
                text -> Instant.parse(text).toEpochMilli(),
                "must be an ISO-8601 time in UTC such as 2026-01-31T08:00:00Z");
    }

    /** The section under a key; an absent one is an empty one, so that its defaults hold. */
    Section section(String key) {
        return optionalSection(key).orElseGet(() -> new Section(source, pathOf(key), node.objectNode(), variables));
    }

    Optional<Section> optionalSection(String key) {
        return has(key) ? Optional.of(asSection(pathOf(key), required(key))) : Optional.empty();
    }

    /** The sections of a list. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (JsonNode element : list(key)) {
            sections.add(asSection(pathOf(key) + "[" + sections.size() + "]", element));
        }
        return sections;
    }

    List<String> texts(String key) {
        return has(key) ? texts(pathOf(key), list(key)) : List.of();
    }

    List<List<String>> listsOfTexts(String key) {
        List<List<String>> lists = new ArrayList<>();
        if (has(key)) {
            for (JsonNode element : list(key)) {
                String elementPath = pathOf(key) + "[" + lists.size() + "]";
                if (!element.isArray()) {
                    throw new ConfigurationException(source, elementPath, "must be a list: " + element);
                }
                lists.add(texts(elementPath, element));
            }
        }
        return lists;
    }

    /** All keys with their values as text: settings that are passed on to a library. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(key -> {
            JsonNode value = required(key);
            if (!value.isValueNode()) {
                throw problem(key, "must be text, a number or true or false; write the key with its dots");
            }
            settings.put(key, value.asText());
        });
        return settings;
    }

    /** All keys with scalar values, as an attribute's value may look like. */
    Map<String, String> scalars() {
        Map<String, String> scalars = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(key -> scalars.put(key, scalar(key, required(key))));
        return scalars;
    }

    private Section asSection(String sectionPath, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return new Section(source, sectionPath, object, variables);
        }
        throw new ConfigurationException(source, sectionPath, "must be a mapping of keys to values: " + value);
    }

    private List<String> texts(String listPath, JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            if (!element.isTextual()) {
                throw new ConfigurationException(
                        source, listPath + "[" + texts.size() + "]", "must be text: " + element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private JsonNode list(String key) {
        JsonNode value = required(key);
        if (!value.isArray()) {
            throw problem(key, "must be a list: " + value);
        }
        return value;
    }

    private JsonNode required(String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw problem(key, "is missing");
        }
        if (value.isNull()) {
            throw problem(key, "must have a value");
        }
        return value;
    }

    private <T> T converted(String key, String text, Function<String, T> parser, String rule) {
        try {
            return parser.apply(text);
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw problem(key, rule + ": " + text);
        }
    }

    private boolean isFromVariable(String key) {
        return variables.containsKey(pathOf(key));
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
