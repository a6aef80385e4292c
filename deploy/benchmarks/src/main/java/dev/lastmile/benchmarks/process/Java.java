package dev.lastmile.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts a class of this program in a JVM of its own. */
public final class Java {

    private Java() {}

    /**
     * A heap of that size from the start, as the image of the monitor has it: one that grows is marked and moved again and again.
     *
     * @param size as Java's options have it
     */
    public static List<String> heap(String size) {
        return List.of("-Xms" + size, "-Xmx" + size);
    }

    /** A process that ends with this one at the latest, and sees all of this one's libraries. */
    public static Child start(List<String> options, Class<?> main, List<String> arguments) throws IOException {
        return start(options, System.getProperty("java.class.path"), main, arguments);
    }

    /** The same with another class path. */
    public static Child start(List<String> options, String classPath, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        Path errors = Files.createTempFile("lastmile-" + main.getSimpleName() + "-", ".log");
        Child child = new Child(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child), "end-child"));
        return child;
    }

    private static void end(Child child) {
        child.process().destroyForcibly();
        try {
            Files.deleteIfExists(child.errors());
        } catch (IOException e) {
            System.err.println(child.errors() + " stays: " + e);
        }
    }

    /** A class path without the libraries whose file names begin so. */
    public static String without(String fileNamePrefix, String classPath) {
        return Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !new File(entry).getName().startsWith(fileNamePrefix))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
