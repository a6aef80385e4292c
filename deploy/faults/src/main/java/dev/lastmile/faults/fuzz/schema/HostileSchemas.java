package dev.lastmile.faults.fuzz.schema;

import dev.lastmile.faults.fuzz.run.Damage;
import dev.lastmile.schema.InferenceEvent;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes schemas that are made to hurt: by themselves, or as the type of one more field of the contract, so that the contract could read
 * what they write.
 */
final class HostileSchemas {

    /** Before a schema that refers to so many others. */
    static final String REFERENCES = "REFERENCES ";

    private static final int MOST_DEEP = 10_000;
    private static final int MOST_LONG = 2_000_000;
    private static final String CONTRACT =
            InferenceEvent.getClassSchema().toString().replace(",\"avro.java.string\":\"String\"", "");
    private static final String EMPTY = "{'type':'record','name':'%s','fields':[]}";

    private final SplittableRandom random;
    private int names;

    private HostileSchemas(SplittableRandom random) {
        this.random = random;
    }

    /** One of them, as a registry would hold it. */
    static String of(SplittableRandom random) {
        return new HostileSchemas(random).any();
    }

    private String any() {
        return switch (random.nextInt(10)) {
            case 0 -> quoted(type());
            case 1 -> noSchema();
            case 2 ->
                new String(Damage.of(CONTRACT.getBytes(StandardCharsets.UTF_8), 0, random), StandardCharsets.UTF_8);
            case 3 -> REFERENCES + (1 + random.nextInt(1_000)) + "\n" + CONTRACT;
            default -> extended(quoted(type()));
        };
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    /** The contract with a field more, the first or the last. */
    private String extended(String type) {
        String field = "{\"name\":\"" + name() + "\",\"type\":" + type + "}";
        return random.nextBoolean()
                ? CONTRACT.replaceFirst(
                        "\"fields\":\\[", java.util.regex.Matcher.quoteReplacement("\"fields\":[" + field + ","))
                : CONTRACT.substring(0, CONTRACT.lastIndexOf(']')) + "," + field
                        + CONTRACT.substring(CONTRACT.lastIndexOf(']'));
    }

    private String type() {
        return switch (random.nextInt(19)) {
            case 0 -> recursive();
            case 1 -> nested(1 + random.nextInt(MOST_DEEP), "{'type':'array','items':", "}");
            case 2 -> nested(1 + random.nextInt(MOST_DEEP), "{'type':'map','values':", "}");
            case 3 -> nestedRecords(1 + random.nextInt(MOST_DEEP));
            case 4 -> nested(1 + random.nextInt(40), "{'type':'array','items':", "}");
            case 5 -> nestedRecords(1 + random.nextInt(14));
            case 6 -> record(1 + random.nextInt(20_000), i -> "'" + primitive(i) + "'");
            case 7 -> record(1 + random.nextInt(400), i -> "'" + primitive(i) + "'");
            case 8 -> enumeration(1 + random.nextInt(100_000));
            case 9 -> "{'type':'array','items':" + nothing() + "}";
            case 10 -> "{'type':'map','values':" + nothing() + "}";
            case 11 -> fixed(random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(2_000_000_000));
            case 12 -> doubling(2 + random.nextInt(10));
            case 13 -> union();
            case 14 -> longWords();
            case 15 -> logical();
            case 16 -> badName();
            case 17 -> "{'type':'array','items':" + union() + "}";
            default -> "{'type':'array','items':{'type':'map','values':" + enumeration(1) + "}}";
        };
    }

    private String name() {
        return "N" + random.nextInt(1_000_000) + "x" + names++;
    }

    private static String primitive(int i) {
        String[] types = {"string", "long", "double", "boolean", "bytes", "int", "float", "null"};
        return types[i % types.length];
    }

    private String recursive() {
        String name = name();
        String inner =
                switch (random.nextInt(4)) {
                    case 0 -> "['null','" + name + "']";
                    case 1 -> "{'type':'array','items':'" + name + "'}";
                    case 2 -> "{'type':'map','values':'" + name + "'}";
                    default -> "'" + name + "'";
                };
        int distance = random.nextInt(6);
        for (int i = 0; i < distance; i++) {
            inner = "{'type':'record','name':'" + name() + "','fields':[{'name':'a','type':" + inner + "}]}";
        }
        return "{'type':'record','name':'" + name + "','fields':[{'name':'a','type':" + inner + "}]}";
    }

    private String nested(int depth, String open, String close) {
        return open.repeat(depth) + "'" + primitive(random.nextInt(8)) + "'" + close.repeat(depth);
    }

    private String nestedRecords(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append("{'type':'record','name':'").append(name()).append("','fields':[{'name':'a','type':");
        }
        return text.append("'int'").append("}]}".repeat(depth)).toString();
    }

    private String record(int fields, IntFunction<String> type) {
        return "{'type':'record','name':'" + name() + "','fields':["
                + IntStream.range(0, fields)
                        .mapToObj(i -> "{'name':'f" + i + "','type':" + type.apply(i) + "}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private String enumeration(int symbols) {
        return "{'type':'enum','name':'" + name() + "','symbols':["
                + IntStream.range(0, symbols).mapToObj(i -> "'S" + i + "'").collect(Collectors.joining(",")) + "]}";
    }

    private String fixed(int size) {
        return "{'type':'fixed','name':'" + name() + "','size':" + size + "}";
    }

    /** What takes no byte, or seems to. */
    private String nothing() {
        return switch (random.nextInt(7)) {
            case 0 -> "'null'";
            case 1 -> fixed(0);
            case 2 -> EMPTY.formatted(name());
            case 3 -> record(1 + random.nextInt(30), i -> "'null'");
            case 4 -> record(1 + random.nextInt(5), i -> i == 0 ? EMPTY.formatted(name()) : fixed(0));
            case 5 -> "['null']";
            default -> "{'type':'array','items':" + EMPTY.formatted(name()) + "}";
        };
    }

    /** Each record has the one before twice: the text grows by a line, what it says doubles. */
    private String doubling(int times) {
        String first = name();
        String last = "{'type':'record','name':'" + first + "','fields':[{'name':'a','type':'int'}]}";
        String lastName = first;
        for (int i = 0; i < times; i++) {
            String next = name();
            last = "{'type':'record','name':'" + next + "','fields':[{'name':'a','type':" + last
                    + "},{'name':'b','type':'" + lastName + "'},{'name':'c','type':{'type':'array','items':'" + lastName
                    + "'}}]}";
            lastName = next;
        }
        return last;
    }

    private String union() {
        return switch (random.nextInt(5)) {
            case 0 -> "['null',['int','string']]";
            case 1 -> "['null','null']";
            case 2 -> "[]";
            case 3 ->
                IntStream.range(0, 1 + random.nextInt(2_000))
                        .mapToObj(i -> EMPTY.formatted(name()))
                        .collect(Collectors.joining(",", "[", "]"));
            default -> "['null','int','string'," + EMPTY.formatted(name()) + ",{'type':'array','items':'long'}]";
        };
    }

    private String longWords() {
        String words = "w".repeat(random.nextInt(4) == 0 ? random.nextInt(MOST_LONG) : random.nextInt(100_000));
        return switch (random.nextInt(5)) {
            case 0 -> "{'type':'record','name':'" + name() + "','doc':'" + words + "','fields':[]}";
            case 1 ->
                "{'type':'record','name':'" + name() + "','fields':[{'name':'a','type':'string','default':'" + words
                        + "'}]}";
            case 2 -> "{'type':'record','name':'N" + words + "','fields':[{'name':'f" + words + "','type':'int'}]}";
            case 3 ->
                "{'type':'record','name':'" + name() + "','aliases':["
                        + IntStream.range(0, words.length() / 12)
                                .mapToObj(i -> "'A" + i + "'")
                                .collect(Collectors.joining(","))
                        + "],'fields':[]}";
            default -> "{'type':'array','items':'int','default':[1" + ",1".repeat(words.length() / 2) + "]}";
        };
    }

    private String logical() {
        return switch (random.nextInt(6)) {
            case 0 ->
                "{'type':'bytes','logicalType':'decimal','precision':" + Integer.MAX_VALUE + ",'scale':"
                        + random.nextInt() + "}";
            case 1 -> "{'type':'bytes','logicalType':'decimal','precision':-1}";
            case 2 -> "{'type':'fixed','name':'" + name() + "','size':1,'logicalType':'decimal','precision':99999999}";
            case 3 -> "{'type':'string','logicalType':'timestamp-millis'}";
            case 4 -> "{'type':'long','logicalType':'" + "x".repeat(random.nextInt(10_000)) + "'}";
            default -> "{'type':'bytes','logicalType':'decimal','precision':'9','scale':1e99}";
        };
    }

    private String badName() {
        String[] bad = {
            "", "a b", "1a", "a-b", "a.b.c", ".", "..", "\u202Ea", "a\\u0000b", "null", "record", "R", "a".repeat(5_000)
        };
        String name = bad[random.nextInt(bad.length)];
        return switch (random.nextInt(3)) {
            case 0 -> "{'type':'record','name':'" + name + "','fields':[]}";
            case 1 ->
                "{'type':'record','name':'" + name() + "','fields':[{'name':'" + name + "','type':'int'},{'name':'"
                        + name + "','type':'int'}]}";
            default -> "{'type':'enum','name':'" + name() + "','symbols':['" + name + "','" + name + "']}";
        };
    }

    private String noSchema() {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "[".repeat(1 + random.nextInt(100_000));
            case 2 -> "{\"type\":".repeat(1 + random.nextInt(20_000));
            case 3 -> "\"string\"";
            case 4 -> "1e" + random.nextInt();
            case 5 -> "9".repeat(1 + random.nextInt(100_000));
            case 6 -> "\"" + "x".repeat(1 + random.nextInt(1_000_000)) + "\"";
            default -> CONTRACT.substring(0, random.nextInt(CONTRACT.length()));
        };
    }
}
