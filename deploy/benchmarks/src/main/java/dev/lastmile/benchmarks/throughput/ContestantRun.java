package dev.lastmile.benchmarks.throughput;

import com.sun.management.OperatingSystemMXBean;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.process.Child;
import dev.lastmile.benchmarks.process.Java;
import dev.lastmile.benchmarks.process.Site;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.DecodingStream;
import dev.lastmile.benchmarks.throughput.contestant.DslStream;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.contestant.PlainConsumer;
import dev.lastmile.benchmarks.throughput.contestant.Stage;
import dev.lastmile.benchmarks.throughput.contestant.flink.FlinkJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One contestant in a JVM of its own: runs until it is warm, then the one that counts, each checked. */
final class ContestantRun {

    static final Contestant LIMIT = new PlainConsumer();
    static final Contestant DECODING = new DecodingStream();
    static final Contestant DSL = new DslStream();
    static final Contestant LASTMILE = new LastmileMonitor();

    /** All of them, the limits first. */
    static final List<Contestant> ALL =
            List.of(LIMIT, DECODING, DSL, FlinkJob.PLAIN, FlinkJob.COMBINED, FlinkJob.ON_HEAP, LASTMILE);

    private static final String WRONG = "WRONG ";
    private static final long LOOK_EVERY_MS = 20;

    private ContestantRun() {}

    /** The process. Arguments: contestant, broker, registry, directory, milliseconds to warm, pattern, inferences, start, seed. */
    public static void main(String[] arguments) throws Exception {
        Load load = Load.usual(
                Pattern.valueOf(arguments[5]),
                Integer.parseInt(arguments[6]),
                Long.parseLong(arguments[7]),
                Long.parseLong(arguments[8]));
        Sums expected = load.expected();
        Contestant contestant = ALL.get(Integer.parseInt(arguments[0]));
        long warmAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[4]));
        String line = "";
        boolean warm = false;
        for (int run = 0; !warm && !line.startsWith(WRONG); run++) {
            warm = System.nanoTime() >= warmAtNanos;
            String application = "run-" + ProcessHandle.current().pid() + "-" + run;
            Stage stage = new Stage(
                    arguments[1], arguments[2], application, Path.of(arguments[3], application), load, expected);
            line = measured(contestant, stage, run + 1);
        }
        System.out.println(line);
        System.out.flush();
        // Not exit: what Flink starts does not always let go, and nothing is left to tidy up.
        Runtime.getRuntime().halt(0);
    }

    private static String measured(Contestant contestant, Stage stage, int runs) throws InterruptedException {
        long startNanos = System.nanoTime();
        long startProcessorNanos = processorNanos();
        try (Contestant.Running running = contestant.start(stage)) {
            while (!running.isDone()) {
                if (System.nanoTime() - startNanos > Contestant.LIMIT.toNanos()) {
                    return WRONG + "not done within " + Contestant.LIMIT;
                }
                Thread.sleep(LOOK_EVERY_MS);
            }
            double seconds = seconds(System.nanoTime() - startNanos);
            double processorSeconds = seconds(processorNanos() - startProcessorNanos);
            String difference = running.difference();
            return difference.isEmpty()
                    ? new Measurement(
                                    seconds, processorSeconds, stage.expected().events(), runs)
                            .line()
                    : WRONG + difference;
        }
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /**
     * Runs a contestant in a new JVM.
     *
     * @throws IOException when it failed, or counted wrongly
     */
    static Measurement of(Contestant contestant, Site site, Path directory, Duration warmUp, Load load)
            throws IOException {
        List<String> options = new ArrayList<>(contestant.javaOptions());
        options.addAll(Java.heap("2g"));
        // Libraries put native code there; it goes with the directory.
        options.add("-Djava.io.tmpdir=" + directory);
        Child child = Java.start(
                options,
                Java.without(contestant.hiddenLibrary(), System.getProperty("java.class.path")),
                ContestantRun.class,
                List.of(
                        Integer.toString(ALL.indexOf(contestant)),
                        site.bootstrapServers(),
                        site.registryUrl(),
                        directory.toString(),
                        Long.toString(warmUp.toMillis()),
                        load.pattern().name(),
                        Integer.toString(load.inferences()),
                        Long.toString(load.startMs()),
                        Long.toString(load.seed())));
        String last = "nothing";
        try (BufferedReader out = child.process().inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Optional<Measurement> measurement = Measurement.of(line);
                if (measurement.isPresent()) {
                    return measurement.get();
                }
                last = line;
            }
        } finally {
            // The next one is measured alone.
            child.process().onExit().join();
        }
        throw new IOException(contestant.label() + " failed; it said: " + last + child.lastWords());
    }
}
