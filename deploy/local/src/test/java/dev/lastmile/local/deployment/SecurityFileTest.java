package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md promises is shown by tests, and these exist. */
class SecurityFileTest {

    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
    private static final Pattern METHOD = Pattern.compile("\\bvoid ([a-z]\\w+)\\(");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> named = NAMED_TEST
                .matcher(RepositoryFiles.text("deploy/SECURITY.md"))
                .results()
                .map(test -> test.group(1) + "." + test.group(2))
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(tests()).containsAll(named);
    }

    /** Every method of every class of tests, whichever module it is in. */
    private static Set<String> tests() throws IOException {
        Set<String> tests = new HashSet<>();
        for (String folder : List.of("schemas", "streams-app", "deploy")) {
            try (Stream<Path> files = Files.walk(RepositoryFiles.path(folder))) {
                for (Path file : files.filter(SecurityFileTest::isTestSource).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    METHOD.matcher(Files.readString(file))
                            .results()
                            .forEach(method -> tests.add(name + "." + method.group(1)));
                }
            }
        }
        return tests;
    }

    private static boolean isTestSource(Path file) {
        return file.toString().endsWith(".java") && file.toString().contains("/src/test/java/");
    }
}
