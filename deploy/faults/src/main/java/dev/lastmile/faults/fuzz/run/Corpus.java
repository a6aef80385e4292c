package dev.lastmile.faults.fuzz.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Inputs that are kept: each once mattered, or shows a shape. A directory for each fuzzer, a file for each input: {@code .hex} in
 * hexadecimal, with comments after {@code #} and blanks wherever they help, anything else as it is.
 */
public final class Corpus {

    private static final String HEX = ".hex";

    private final Path directory;

    /**
     * One input.
     *
     * @param name of its file
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Kept(String name, byte[] input) {}

    private Corpus(Path directory) {
        this.directory = directory;
    }

    /** In that directory, which must be there. */
    public static Corpus in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("no corpus in " + directory.toAbsolutePath());
        }
        return new Corpus(directory);
    }

    /** The inputs of a fuzzer by name; every fuzzer has some. */
    public List<Kept> of(String fuzzer) throws IOException {
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve(fuzzer))) {
            for (Path file : files.sorted().toList()) {
                kept.add(new Kept(file.getFileName().toString(), read(file)));
            }
        }
        return kept;
    }

    /** The input in a file. */
    public static byte[] read(Path file) throws IOException {
        if (!file.toString().endsWith(HEX)) {
            return Files.readAllBytes(file);
        }
        StringBuilder digits = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            int comment = line.indexOf('#');
            digits.append((comment < 0 ? line : line.substring(0, comment)).replace(" ", ""));
        }
        return HexFormat.of().parseHex(digits);
    }
}
