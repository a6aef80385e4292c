package dev.lastmile.faults.fuzz.text;

import dev.lastmile.faults.fuzz.run.Damage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Changes a text line by line, and sometimes byte by byte. */
final class Lines {

    private static final int DEEP = 3_000;

    private Lines() {}

    /**
     * Another text.
     *
     * @param separator after which a line's value begins, such as a colon
     */
    static byte[] changed(String text, char separator, SplittableRandom random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(lines, separator, random);
        }
        byte[] changed = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(5) == 0 ? Damage.of(changed, 0, random) : changed;
    }

    private static void change(List<String> lines, char separator, SplittableRandom random) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(12)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(random.nextInt(lines.size() + 1), line);
            case 3 -> lines.set(at, " ".repeat(random.nextInt(6)) + line);
            case 4 -> lines.set(at, line.strip());
            case 5 -> lines.set(at, "\t" + line);
            case 6 -> lines.add(at, deep(random));
            default -> lines.set(at, withOtherValue(line, separator, random));
        }
        if (lines.isEmpty()) {
            lines.add("");
        }
    }

    /** One of a line's values, if it has any, is another. */
    private static String withOtherValue(String line, char separator, SplittableRandom random) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == separator) {
                ends.add(i + 1);
            }
        }
        if (ends.isEmpty()) {
            return random.nextBoolean() ? line + Scalars.any(random) : Scalars.any(random);
        }
        int from = ends.get(random.nextInt(ends.size()));
        int to = from;
        while (to < line.length() && ",}]".indexOf(line.charAt(to)) < 0) {
            to++;
        }
        String gap = separator == ':' ? " " : "";
        return line.substring(0, from) + gap + Scalars.any(random) + line.substring(to);
    }

    private static String deep(SplittableRandom random) {
        int depth = 1 + random.nextInt(random.nextBoolean() ? 20 : DEEP);
        return switch (random.nextInt(4)) {
            case 0 -> "x: " + "[".repeat(depth) + "]".repeat(depth);
            case 1 -> "x: " + "{a: ".repeat(depth) + "1" + "}".repeat(depth);
            case 2 -> "- ".repeat(depth) + "x";
            default -> "x: " + "[".repeat(depth);
        };
    }
}
