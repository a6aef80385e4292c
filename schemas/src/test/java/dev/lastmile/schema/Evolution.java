package dev.lastmile.schema;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.jspecify.annotations.NullMarked;

/** Avro's own rules of schema resolution. */
@NullMarked
final class Evolution {

    private Evolution() {}

    /** Why {@code reader} cannot read what {@code writer} wrote; empty if it can. */
    static List<String> obstacles(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(Incompatibility::toString)
                .toList();
    }
}
