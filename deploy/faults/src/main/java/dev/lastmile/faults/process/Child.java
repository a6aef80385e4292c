package dev.lastmile.faults.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM with this one's classes. It does not outlive this one. */
public final class Child implements AutoCloseable {

    private static final String RESIDENT = "VmRSS:";

    private static final int SIGKILL = 9;
    private static final int DIED_BY_SIGNAL = 128;
    private static final long PATIENCE_SECONDS = 20;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param options for the JVM
     * @param main its class
     * @param log where its output goes
     */
    public static Child start(List<String> options, Class<?> main, List<String> arguments, Path log)
            throws IOException {
        return start(options, main, arguments, Map.of(), log);
    }

    /**
     * The same.
     *
     * @param environment variables beside those that this process has
     */
    static Child start(
            List<String> options, Class<?> main, List<String> arguments, Map<String, String> environment, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Settings of whoever runs this must not reach what it tests.
        builder.environment().keySet().removeIf(name -> name.startsWith("LASTMILE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-child"));
        return new Child(process, log);
    }

    /** Whether it runs, or is frozen. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    /**
     * Kills it without a chance to do anything: SIGKILL.
     *
     * @return whether that is what it died of
     */
    public boolean kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor() == DIED_BY_SIGNAL + SIGKILL;
    }

    /** Has it stand still where it is: SIGSTOP. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on: SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** What it takes of the machine's memory, as Linux counts it: {@code VmRSS}, in bytes. */
    public long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no " + RESIDENT + " of process " + process.pid());
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("no signal " + name + " for process " + process.pid());
        }
    }

    /**
     * Asks it to end: SIGTERM.
     *
     * @return whether it ended within that time
     */
    public boolean terminate(Duration within) throws InterruptedException {
        process.destroy();
        return ends(within);
    }

    /**
     * Waits for it to end by itself.
     *
     * @return whether it ended within that time
     */
    public boolean ends(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How it ended; it must have. */
    public int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive() && !terminate(Duration.ofSeconds(PATIENCE_SECONDS))) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
