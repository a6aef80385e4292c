package dev.lastmile.topology.serde;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Judges a writer schema before anything is decoded with it. A recursive schema lets a small datum overflow the stack, and
 * an array of zero-size items lets five bytes ask for gigabytes, even in fields that the reader skips.
 */
final class SchemaShape {

    private static final int MAX_DEPTH = 12;
    private static final int MAX_NODES = 500;

    private final Set<String> open = new HashSet<>();
    private int nodes;

    private SchemaShape() {}

    static boolean isSafe(Schema schema) {
        return new SchemaShape().isSafe(schema, 0);
    }

    private boolean isSafe(Schema schema, int depth) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            return false;
        }
        return switch (schema.getType()) {
            case RECORD -> isSafeRecord(schema, depth);
            case ARRAY -> !isEmptyOnTheWire(schema.getElementType()) && isSafe(schema.getElementType(), depth + 1);
            case MAP -> isSafe(schema.getValueType(), depth + 1);
            case UNION -> schema.getTypes().stream().allMatch(branch -> isSafe(branch, depth + 1));
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> true;
        };
    }

    private boolean isSafeRecord(Schema schema, int depth) {
        if (!open.add(schema.getFullName())) {
            return false;
        }
        boolean safe = schema.getFields().stream().allMatch(field -> isSafe(field.schema(), depth + 1));
        open.remove(schema.getFullName());
        return safe;
    }

    /** Whether a datum of the schema takes no byte. Only called below a record that is known not to recurse so far. */
    private boolean isEmptyOnTheWire(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD ->
                !open.contains(schema.getFullName())
                        && isSafe(schema, 0)
                        && schema.getFields().stream().allMatch(field -> isEmptyOnTheWire(field.schema()));
            case ARRAY, MAP, UNION, ENUM, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> false;
        };
    }
}
