package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares tens of thousands of statistics without printing them all where one differs. */
final class Differences {

    private static final int SHOWN = 20;

    private Differences() {}

    /** Fails unless both hold the same keys with the same values; says how many differ, and the first of them. */
    static <K, V> void assertSame(String what, Map<K, V> expected, Map<K, V> actual) {
        List<String> differences = between(expected, actual);
        assertThat(differences.subList(0, Math.min(SHOWN, differences.size())))
                .as("%s: %d differ of %d", what, differences.size(), expected.size())
                .isEmpty();
    }

    private static <K, V> List<String> between(Map<K, V> expected, Map<K, V> actual) {
        List<String> differences = new ArrayList<>();
        expected.forEach((key, value) -> {
            V found = actual.get(key);
            if (!Objects.equals(value, found)) {
                differences.add(key + ": expected " + value + " but was " + found);
            }
        });
        actual.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                differences.add(key + ": unexpected " + value);
            }
        });
        return differences;
    }
}
