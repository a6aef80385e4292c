package dev.lastmile.topology.serde;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;

/**
 * Parses Avro schemas as the registry's client does, and silently, but for those whose text alone says that they are not for us: parsing takes a
 * multiple of the text in time and heap, and the client keeps what was parsed. {@link SchemaShape} judges the others.
 *
 * <p>Nor does it follow references. Every one is a request to the registry, which may lead to more of them, while all customers of
 * the task wait; serializers write what is referred to into the schema itself.
 */
public final class BoundedSchemaProvider extends AvroSchemaProvider {

    /** Several times our contracts with all their docs. */
    static final int MAX_TEXT_LENGTH = 64 << 10;

    /** Braces and brackets within one another: some three for each level of {@link SchemaShape}. */
    static final int MAX_NESTING = 64;

    /** Whatever is thrown, the client tells it as a schema that is invalid. */
    @Override
    public ParsedSchema parseSchemaOrElseThrow(Schema schema, boolean isNew, boolean normalize) {
        String text = schema.getSchema();
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "schema must be at most " + MAX_TEXT_LENGTH + " characters: " + text.length());
        }
        if (schema.getReferences() != null && !schema.getReferences().isEmpty()) {
            throw new IllegalArgumentException("schema must not refer to others");
        }
        if (nesting(text) > MAX_NESTING) {
            throw new IllegalArgumentException("schema must not nest deeper than " + MAX_NESTING);
        }
        // Not by the class above, which logs a stack trace with parts of a stranger's text for each that it cannot
        // parse.
        return new AvroSchema(text);
    }

    /** Those in texts count too: no doc has as many that are not closed. */
    private static int nesting(String text) {
        int open = 0;
        int most = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' || c == '[') {
                most = Math.max(most, ++open);
            } else if (c == '}' || c == ']') {
                open--;
            }
        }
        return most;
    }
}
