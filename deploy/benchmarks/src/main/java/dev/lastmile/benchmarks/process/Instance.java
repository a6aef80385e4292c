package dev.lastmile.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.contestant.MonitorConfiguration;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One instance of the monitor in a JVM of its own, that lives until it is ended and answers what it is asked. */
public final class Instance implements AutoCloseable {

    /** What an instance may take of the heap where nothing else is said. */
    public static final String USUAL_HEAP = "2g";

    private static final String READ = "read";
    private static final String PROGRESS = "progress";
    private static final String STANDING = "standing";
    private static final String SUMS = "sums";
    private static final String STOP = "stop";
    private static final String CELL = "CELL ";
    private static final String END = "END";
    private static final String FIELD = "\t";

    private final Child child;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private Instance(Child child) {
        this.child = child;
        process = child.process();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Where it stands.
     *
     * @param ready whether it does its work
     * @param restoring records of all changelogs that it has still to read back from the broker
     */
    public record Standing(boolean ready, long restoring) {

        private String line() {
            return ready + FIELD + restoring;
        }

        private static Standing of(String line) {
            String[] fields = line.split(FIELD, -1);
            return new Standing(Boolean.parseBoolean(fields[0]), Long.parseLong(fields[1]));
        }
    }

    /** The process. Argument: the configuration. */
    public static void main(String[] arguments) throws IOException {
        LastmileMonitor.RunningMonitor monitor = LastmileMonitor.start(arguments[0], new Sums());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        boolean stopped = false;
        for (String question = in.readLine(); question != null && !stopped; question = in.readLine()) {
            switch (question) {
                case READ -> out.write(reading().line() + "\n");
                case PROGRESS -> out.write(progress(monitor).line() + "\n");
                case STANDING -> out.write(standing(monitor).line() + "\n");
                case SUMS -> write(monitor.sums(), out);
                case STOP -> {
                    monitor.close();
                    stopped = true;
                    out.write(END + "\n");
                }
                default -> throw new IOException("not a question: " + question);
            }
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void write(Sums sums, BufferedWriter out) throws IOException {
        sums.forEach((slice, cell) -> {
            try {
                out.write(CELL + slice + FIELD + cell.labelled() + FIELD + cell.errors() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        out.write(END + "\n");
    }

    private static Standing standing(LastmileMonitor.RunningMonitor monitor) {
        return new Standing(monitor.readiness().ready(), monitor.health().restoringRecords());
    }

    private static Reading reading() {
        // The time first: reading the rest is not the monitor's work.
        long processorNanos =
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        return new Reading(processorNanos, KafkaCounters.consumed(), KafkaCounters.deltas());
    }

    private static Progress progress(LastmileMonitor.RunningMonitor monitor) {
        Ledger ledger = monitor.ledger();
        return new Progress(
                monitor.readiness().ready(),
                ledger.inferencesReceived() + ledger.truthsReceived(),
                ledger.get(Disposition.INFERENCE_JOINED),
                ledger.get(Disposition.TRUTH_CORRECTION_APPLIED));
    }

    /**
     * Starts one.
     *
     * @param directory where its native libraries go
     * @param heap what it takes, as Java's options have it
     */
    public static Instance start(MonitorConfiguration configuration, Path directory, String heap) throws IOException {
        List<String> options = new ArrayList<>(Java.heap(heap));
        options.add("-Djava.io.tmpdir=" + directory);
        return new Instance(Java.start(
                options,
                Java.without(Contestant.FLINK_ROCKSDB, System.getProperty("java.class.path")),
                Instance.class,
                List.of(configuration.yaml())));
    }

    /** Number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Where it stands: cheaper to ask than {@link #read}. */
    public Standing standing() throws IOException {
        return Standing.of(answerTo(STANDING));
    }

    /** How far it has come: cheaper to ask than {@link #read}. */
    public Progress progress() throws IOException {
        return Progress.of(answerTo(PROGRESS));
    }

    /** What it has done so far. */
    public Reading read() throws IOException {
        return Reading.of(answerTo(READ));
    }

    /** The sums of the deployments it watches. */
    public Sums sums() throws IOException {
        Sums sums = new Sums();
        for (String line = answerTo(SUMS); !line.equals(END); line = answer()) {
            String[] fields = line.substring(CELL.length()).split(FIELD, -1);
            int space = fields[0].indexOf(' ');
            sums.add(
                    fields[0].substring(0, space),
                    fields[0].substring(space + 1),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]));
        }
        return sums;
    }

    private String answerTo(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("an instance of the monitor ended" + child.lastWords());
        }
        return line;
    }

    /** Stops it as an operator would: what was processed is committed, and its state is on the disk when this returns. */
    public void stop() throws IOException {
        answerTo(STOP);
        close();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends it without more ado, if it still runs. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
