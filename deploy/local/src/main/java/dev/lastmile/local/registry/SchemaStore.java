package dev.lastmile.local.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Subjects, their versions, and schema ids: one id per schema, whatever subjects it is registered under. In memory and
 * thread-safe.
 */
final class SchemaStore {

    /**
     * One version of a subject.
     *
     * @param subject the subject
     * @param version from 1
     * @param id the schema's id
     * @param schema its text
     */
    record Version(String subject, int version, int id, String schema) {}

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private Compatibility level = Compatibility.BACKWARD;

    /** Registers the schema as the subject's next version, unless it is one already. */
    synchronized Version register(String subject, String text) throws Refusal {
        Schema schema = parse(text);
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        Integer known = ids.get(schema.toString());
        if (known != null && versions.contains(known)) {
            return version(subject, versions.indexOf(known) + 1);
        }
        List<Schema> earlier = versions.stream().map(id -> schemas.get(id - 1)).toList();
        Compatibility required = compatibility(subject);
        if (!required.allows(schema, earlier)) {
            throw Refusal.incompatible(subject, required);
        }
        int id = known != null ? known : remember(schema);
        List<Integer> extended = new ArrayList<>(versions);
        extended.add(id);
        subjects.put(subject, extended);
        return version(subject, extended.size());
    }

    private int remember(Schema schema) {
        schemas.add(schema);
        int id = schemas.size();
        ids.put(schema.toString(), id);
        return id;
    }

    /** The version of the subject that has this schema. */
    synchronized Version lookUp(String subject, String text) throws Refusal {
        List<Integer> versions = versionIds(subject);
        Integer id = ids.get(parse(text).toString());
        if (id == null || !versions.contains(id)) {
            throw Refusal.schemaNotFound();
        }
        return version(subject, versions.indexOf(id) + 1);
    }

    /** The text of a schema. */
    synchronized String schema(int id) throws Refusal {
        if (id < 1 || id > schemas.size()) {
            throw Refusal.schemaNotFound();
        }
        return schemas.get(id - 1).toString();
    }

    /** Where a schema is registered. */
    synchronized List<Version> versionsOf(int id) throws Refusal {
        List<Version> found = new ArrayList<>();
        String text = schema(id);
        subjects.forEach((subject, versions) -> {
            if (versions.contains(id)) {
                found.add(new Version(subject, versions.indexOf(id) + 1, id, text));
            }
        });
        return found;
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /** The version numbers of a subject. */
    synchronized List<Integer> versions(String subject) throws Refusal {
        List<Integer> numbers = new ArrayList<>();
        for (int version = 1; version <= versionIds(subject).size(); version++) {
            numbers.add(version);
        }
        return numbers;
    }

    /** One version by its number, {@code "latest"} or {@code "-1"}. */
    synchronized Version version(String subject, String wanted) throws Refusal {
        int count = versionIds(subject).size();
        if (wanted.equals("latest") || wanted.equals("-1")) {
            return version(subject, count);
        }
        int number;
        try {
            number = Integer.parseInt(wanted);
        } catch (NumberFormatException e) {
            throw Refusal.invalidVersion(wanted);
        }
        if (number < 1) {
            throw Refusal.invalidVersion(wanted);
        }
        if (number > count) {
            throw Refusal.versionNotFound(wanted);
        }
        return version(subject, number);
    }

    /** The level in force for the subject: its own, or the one of all. */
    synchronized Compatibility compatibility(String subject) {
        return levels.getOrDefault(subject, level);
    }

    synchronized Compatibility compatibility() {
        return level;
    }

    synchronized void require(Compatibility newLevel) {
        level = newLevel;
    }

    synchronized void require(String subject, Compatibility newLevel) {
        levels.put(subject, newLevel);
    }

    private Version version(String subject, int number) throws Refusal {
        int id = versionIds(subject).get(number - 1);
        return new Version(subject, number, id, schema(id));
    }

    private List<Integer> versionIds(String subject) throws Refusal {
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw Refusal.subjectNotFound(subject);
        }
        return versions;
    }

    private static Schema parse(String text) throws Refusal {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw Refusal.invalidSchema(String.valueOf(e.getMessage()));
        }
    }
}
