package dev.lastmile.local.demo;

import dev.lastmile.local.deployment.RepositoryFiles;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the README says that the demo prints. Numbers and generated names differ from run to run, so lines are compared by
 * their shape; a line that ends in an ellipsis stands for all that begin like it, and one that is an ellipsis for any.
 */
final class ReadmeDemo {

    private static final String START = "<!-- demo -->";
    private static final String END = "<!-- /demo -->";
    private static final String ELLIPSIS = "…";

    private ReadmeDemo() {}

    /** The lines of the README that the output has nothing like. */
    static List<String> missingFrom(String output) {
        Set<String> shapes = output.lines().map(ReadmeDemo::shape).collect(Collectors.toSet());
        return shown().stream().filter(line -> !isIn(shapes, line)).toList();
    }

    private static boolean isIn(Set<String> shapes, String line) {
        String shape = shape(line);
        if (!shape.endsWith(ELLIPSIS)) {
            return shapes.contains(shape);
        }
        String beginning =
                shape.substring(0, shape.length() - ELLIPSIS.length()).stripTrailing();
        return shapes.stream().anyMatch(one -> one.startsWith(beginning));
    }

    /** The lines of the README's example, without fences and explanations. */
    static List<String> shown() {
        String readme = RepositoryFiles.text("README.md");
        String section = readme.substring(readme.indexOf(START) + START.length(), readme.indexOf(END));
        String fence = "```";
        int from = section.indexOf('\n', section.indexOf(fence)) + 1;
        return section.substring(from, section.indexOf(fence, from)).lines().toList();
    }

    private static String shape(String line) {
        return line.replaceAll("\\bb[0-9a-f]{8}\\b", "b#")
                .replaceAll("[0-9]+(?:[.,:-][0-9]+)*", "#")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
