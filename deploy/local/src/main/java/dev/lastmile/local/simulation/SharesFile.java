package dev.lastmile.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lastmile.local.CannotRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shares of values by dimension, as {@code accent: {us: 60, scottish: 3}} in YAML. */
final class SharesFile {

    private SharesFile() {}

    /**
     * Reads it.
     *
     * @throws CannotRun naming file and key where it does not do
     */
    static Map<String, Map<String, Double>> read(Path file) throws CannotRun {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw CannotRun.at("cannot read " + file, e);
        }
        Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> dimension :
                mapping(file, "the file", root).properties()) {
            Map<String, Double> values = new LinkedHashMap<>();
            JsonNode its = mapping(file, dimension.getKey(), dimension.getValue());
            for (Map.Entry<String, JsonNode> value : its.properties()) {
                String key = dimension.getKey() + "." + value.getKey();
                if (!value.getValue().isNumber() || !(value.getValue().asDouble() >= 0)) {
                    throw new CannotRun(file + ": " + key + " must be a number >= 0");
                }
                values.put(value.getKey(), value.getValue().asDouble());
            }
            shares.put(dimension.getKey(), values);
        }
        return shares;
    }

    private static JsonNode mapping(Path file, String key, JsonNode node) throws CannotRun {
        if (!node.isObject() || node.isEmpty()) {
            throw new CannotRun(file + ": " + key + " must hold one entry or more, name: value");
        }
        return node;
    }
}
