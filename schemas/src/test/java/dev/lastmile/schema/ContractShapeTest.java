package dev.lastmile.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class ContractShapeTest {

    static Stream<String> names() {
        return Contracts.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecordEnumAndFieldIsDocumented(String name) {
        assertThat(undocumented(Contracts.today(name))).isEmpty();
    }

    @Test
    void aMissingDocIsFound() {
        Schema planted = Contracts.parse("{\"type\":\"record\",\"name\":\"R\",\"doc\":\"x\",\"fields\":["
                + "{\"name\":\"f\",\"doc\":\"x\",\"type\":{\"type\":\"array\",\"items\":"
                + "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}}},"
                + "{\"name\":\"g\",\"doc\":\" \",\"type\":\"int\"}]}");

        assertThat(undocumented(planted)).containsExactly("R.g", "E");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyEnumFallsBackToUnknown(String name) {
        for (Schema type : namedTypes(Contracts.today(name))) {
            if (type.getType() == Schema.Type.ENUM) {
                assertThat(type.getEnumDefault()).as(type.getName()).isEqualTo("UNKNOWN");
                assertThat(type.getEnumSymbols()).as(type.getName()).startsWith("UNKNOWN");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatMayBeNullIsNullByDefault(String name) {
        for (Field field : Contracts.today(name).getFields()) {
            if (field.schema().isNullable()) {
                assertThat(field.hasDefaultValue()).as(field.name()).isTrue();
                assertThat(field.defaultVal()).as(field.name()).isEqualTo(JsonProperties.NULL_VALUE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void timesAreLogicalTypesAndNamesAreInSnakeCase(String name) {
        for (Field field : Contracts.today(name).getFields()) {
            assertThat(field.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            if (field.name().matches(".*(_at|_start|_exclusive|_timestamp)")) {
                assertThat(field.schema().toString()).as(field.name()).contains("timestamp-millis");
            }
        }
    }

    @Test
    void aTypeOfTheSameNameIsTheSameInEveryContract() {
        Map<String, String> seen = new LinkedHashMap<>();
        List<String> shared = new ArrayList<>();
        for (String name : Contracts.names()) {
            for (Schema type : namedTypes(Contracts.today(name))) {
                String before = seen.putIfAbsent(type.getFullName(), type.toString());
                if (before != null) {
                    assertThat(type.toString()).isEqualTo(before);
                    shared.add(type.getName());
                }
            }
        }
        assertThat(shared).containsExactlyInAnyOrder("Transcript", "Label", "Quantity", "ErrorCounts", "SliceTerm");
    }

    @Test
    void everyReasonIsExplained() {
        assertThat(DeadLetterReason.values()).hasSize(21).doesNotHaveDuplicates();
        String doc = DeadLetterReason.getClassSchema().getDoc();
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            assertThat(doc).contains(reason.name());
        }
    }

    private static List<String> undocumented(Schema schema) {
        List<String> missing = new ArrayList<>();
        for (Schema type : namedTypes(schema)) {
            if (isBlank(type.getDoc())) {
                missing.add(type.getName());
            }
            if (type.getType() == Schema.Type.RECORD) {
                for (Field field : type.getFields()) {
                    if (isBlank(field.doc())) {
                        missing.add(type.getName() + "." + field.name());
                    }
                }
            }
        }
        return missing;
    }

    private static boolean isBlank(@Nullable String doc) {
        return doc == null || doc.isBlank();
    }

    /** The schema and all named types in it, each once. */
    private static List<Schema> namedTypes(Schema schema) {
        Map<String, Schema> found = new LinkedHashMap<>();
        Deque<Schema> open = new ArrayDeque<>(List.of(schema));
        while (!open.isEmpty()) {
            Schema next = open.removeFirst();
            switch (next.getType()) {
                case RECORD -> {
                    if (found.put(next.getFullName(), next) == null) {
                        next.getFields().forEach(field -> open.addLast(field.schema()));
                    }
                }
                case ENUM, FIXED -> found.put(next.getFullName(), next);
                case ARRAY -> open.addLast(next.getElementType());
                case MAP -> open.addLast(next.getValueType());
                case UNION -> open.addAll(next.getTypes());
                case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
            }
        }
        return List.copyOf(found.values());
    }
}
