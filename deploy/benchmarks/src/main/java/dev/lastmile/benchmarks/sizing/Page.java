package dev.lastmile.benchmarks.sizing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A page of Markdown with parts that a command writes, each between a line {@code <!-- sizing: name -->} and a line {@code
 * <!-- /sizing -->}.
 *
 * @param lines all of it
 */
record Page(List<String> lines) {

    private static final String START = "<!-- sizing: ";
    private static final String START_END = " -->";
    private static final String END = "<!-- /sizing -->";

    Page {
        lines = List.copyOf(lines);
    }

    static Page read(Path file) throws IOException {
        return new Page(Files.readAllLines(file));
    }

    void write(Path file) throws IOException {
        Files.write(file, lines);
    }

    /** The same with all parts anew. Parts that the page has not, and those of the page that are not among these, are refused. */
    Page with(Map<String, List<String>> parts) {
        List<String> written = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean inPart = false;
        for (String line : lines) {
            if (line.startsWith(START) && line.endsWith(START_END)) {
                String name = line.substring(START.length(), line.length() - START_END.length());
                List<String> part = parts.get(name);
                if (part == null || inPart || !seen.add(name)) {
                    throw new IllegalArgumentException("part must be known, by itself and there once: " + name);
                }
                written.add(line);
                written.addAll(part);
                inPart = true;
            } else if (line.equals(END)) {
                written.add(line);
                inPart = false;
            } else if (!inPart) {
                written.add(line);
            }
        }
        if (inPart || seen.size() != parts.size()) {
            throw new IllegalArgumentException(
                    "parts must be on the page and end there: " + parts.keySet() + ", " + seen);
        }
        return new Page(written);
    }
}
