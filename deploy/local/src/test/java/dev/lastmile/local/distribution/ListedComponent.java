package dev.lastmile.local.distribution;

import dev.lastmile.local.deployment.RepositoryFiles;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of {@code deploy/THIRD-PARTY.md}.
 *
 * @param coordinates group and name
 * @param version as in Maven
 * @param licence SPDX identifier of the licence under which it is redistributed
 * @param where the jars that hold it
 * @param text where in these jars the licence's text is
 */
record ListedComponent(String coordinates, String version, String licence, Set<Distribution> where, String text) {

    private static final Pattern LINE =
            Pattern.compile("\\| `([^`]+:[^`]+)` \\| (\\S+) \\| (\\S+) \\| (both|local) \\| `(META-INF/[^`]+)` \\|");

    static List<ListedComponent> all() {
        return RepositoryFiles.lines("deploy/THIRD-PARTY.md").stream()
                .flatMap(ListedComponent::parsed)
                .toList();
    }

    static Set<String> in(Distribution distribution) {
        return all().stream()
                .filter(listed -> listed.where().contains(distribution))
                .map(listed -> listed.coordinates() + " " + listed.version())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<ListedComponent> parsed(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Stream.empty();
        }
        Set<Distribution> where =
                matcher.group(4).equals("both") ? Set.of(Distribution.values()) : Set.of(Distribution.LOCAL);
        return Stream.of(
                new ListedComponent(matcher.group(1), matcher.group(2), matcher.group(3), where, matcher.group(5)));
    }
}
