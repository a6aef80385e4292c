package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What operators are told to look for when something is done to a monitor is there: metrics, log lines and tests. */
class OperationsTableTest {

    private static final Pattern SECTION =
            Pattern.compile("## Operations that lose nothing\n(.*?)\n## ", Pattern.DOTALL);
    private static final Pattern METRIC = Pattern.compile("`(lastmile_\\w+)");
    private static final Pattern LOG_LINE = Pattern.compile("`([A-Z][^`…]* [^`…]*)…?`");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))`");
    private static final int METRICS = 1;
    private static final int LOG_LINES = 2;
    private static final int TESTS = 3;

    @Test
    void everyMetricIsExported() throws IOException {
        Set<String> named = named(METRICS, METRIC);

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(named.stream().map(name -> '"' + name + '"')).allMatch(sources("main")::contains);
    }

    @Test
    void everyLineIsLogged() throws IOException {
        Set<String> named = named(LOG_LINES, LOG_LINE);

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(named.stream().map(line -> '"' + line)).allMatch(sources("main")::contains);
    }

    @Test
    void everyTestIsThere() throws IOException {
        Set<String> named = named(TESTS, TEST);

        assertThat(named).hasSizeGreaterThan(8);
        assertThat(named.stream().map(name -> " " + name + " {")).allMatch(sources("test")::contains);
    }

    private static Set<String> named(int column, Pattern what) {
        return SECTION.matcher(RepositoryFiles.text("deploy/README.md"))
                .results()
                .flatMap(section -> section.group(1).lines())
                .filter(line -> line.startsWith("| **"))
                .flatMap(row -> what.matcher(row.split(" \\| ", -1)[column]).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    /** One text, of the monitor and of what tests it. */
    private static String sources(String set) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String folder : List.of("streams-app", "deploy")) {
            try (Stream<Path> files = Files.walk(RepositoryFiles.path(folder))) {
                for (Path file : files.filter(path -> path.toString().matches(".*/src/" + set + "/java/.*\\.java"))
                        .toList()) {
                    text.append(Files.readString(file).replaceAll("\\s+", " "));
                }
            }
        }
        return text.toString();
    }
}
