package dev.lastmile.faults.fuzz.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Schemas that customers may write with: the contracts, earlier and later ones, and others that can be read as one. */
final class Writers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECURSIVE =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"R\"]}]}";
    private static final String OTHER =
            "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
    private static final List<String> EXTRA = List.of(
            "{'name':'x1','type':{'type':'array','items':'string'}}",
            "{'name':'x2','type':{'type':'map','values':{'type':'array','items':'long'}}}",
            "{'name':'x3','type':{'type':'record','name':'X3','fields':[{'name':'a','type':'boolean'},{'name':'b','type':'bytes'}]}}",
            "{'name':'x4','type':{'type':'enum','name':'X4','symbols':['A','B','C']}}",
            "{'name':'x5','type':{'type':'fixed','name':'X5','size':16}}",
            "{'name':'x6','type':['null','string',{'type':'array','items':['null','double','X3']}]}",
            "{'name':'x7','type':{'type':'array','items':{'type':'array','items':{'type':'map','values':'float'}}}}",
            "{'name':'x8','type':'int'}");

    private Writers() {}

    /** By name, all of which the contract of inferences can read. */
    static Map<String, Schema> ofInferences() {
        String contract = textOf(InferenceEvent.getClassSchema());
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put("contract", parsed(contract));
        schemas.put("older", without(contract, "confidence", "session_id", "other_outputs", "customer"));
        schemas.put("reordered", reordered(contract));
        schemas.put("extended", extended(contract));
        schemas.put(
                "promoted",
                parsed(contract.replace("[\"null\",\"double\"]", "[\"null\",\"float\"]")
                        .replaceFirst(
                                "\"name\":\"deployment\",\"type\":\"string\"",
                                "\"name\":\"deployment\",\"type\":\"bytes\"")
                        .replaceFirst(
                                "\"name\":\"value\",\"type\":\"double\"", "\"name\":\"value\",\"type\":\"int\"")));
        schemas.put("words only", narrowed(contract, "output", "Transcript"));
        return schemas;
    }

    /** By name, all of which the contract of ground truths can read. */
    static Map<String, Schema> ofTruths() {
        String contract = textOf(GroundTruthEvent.getClassSchema());
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put("contract", parsed(contract));
        schemas.put("older", without(contract, "revision", "customer"));
        schemas.put("reordered", reordered(contract));
        schemas.put("extended", extended(contract));
        schemas.put("labels only", narrowed(contract, "truth", "Label"));
        return schemas;
    }

    /** One that the contracts cannot read. */
    static Schema incompatible() {
        return parsed(OTHER);
    }

    /** One that holds itself. */
    static Schema recursive() {
        return parsed(RECURSIVE);
    }

    /** As a registry has it, without hints for Java. */
    static String textOf(Schema schema) {
        return schema.toString()
                .replace(",\"avro.java.string\":\"String\"", "")
                .replace("{\"type\":\"string\"}", "\"string\"");
    }

    static Schema parsed(String text) {
        return new Schema.Parser().parse(text);
    }

    private static Schema without(String contract, String... names) {
        ObjectNode schema = object(contract);
        List<JsonNode> kept = new ArrayList<>();
        Set<String> left = Set.of(names);
        schema.get("fields").forEach(field -> {
            if (!left.contains(field.get("name").textValue())) {
                kept.add(field);
            }
        });
        return with(schema, kept);
    }

    /** What has types of its own first, since others refer to them, then the rest from its end. */
    private static Schema reordered(String contract) {
        ObjectNode schema = object(contract);
        List<JsonNode> fields = new ArrayList<>();
        schema.get("fields").forEach(field -> {
            boolean tellsTypes =
                    field.get("type").isArray() && field.get("type").size() > 2;
            fields.add(tellsTypes || fields.isEmpty() ? 0 : Math.min(1, fields.size()), field);
        });
        return with(schema, fields);
    }

    private static Schema extended(String contract) {
        ObjectNode schema = object(contract);
        List<JsonNode> fields = new ArrayList<>();
        int next = 0;
        for (JsonNode field : schema.get("fields")) {
            if (next < EXTRA.size()) {
                fields.add(object(EXTRA.get(next++).replace('\'', '"')));
            }
            fields.add(field);
        }
        while (next < EXTRA.size()) {
            fields.add(object(EXTRA.get(next++).replace('\'', '"')));
        }
        return with(schema, fields);
    }

    /** A union where only one of its records is ever written. */
    private static Schema narrowed(String contract, String name, String kind) {
        ObjectNode schema = object(without(contract, "other_outputs").toString());
        for (JsonNode field : schema.get("fields")) {
            if (field.get("name").textValue().equals(name)) {
                for (JsonNode branch : field.get("type")) {
                    if (branch.isObject() && branch.get("name").textValue().equals(kind)) {
                        ((ObjectNode) field).set("type", branch);
                        ((ObjectNode) field).remove("default");
                    }
                }
            }
        }
        return parsed(schema.toString());
    }

    private static Schema with(ObjectNode schema, List<JsonNode> fields) {
        ArrayNode array = JSON.createArrayNode();
        fields.forEach(array::add);
        schema.set("fields", array);
        return parsed(schema.toString());
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema is JSON", e);
        }
    }
}
