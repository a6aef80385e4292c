package dev.lastmile.benchmarks.throughput;

import com.sun.management.OperatingSystemMXBean;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.load.Sums;
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
import java.util.List;

/** One instance of the monitor in a JVM of its own, that lives until it is closed and answers what it is asked. */
final class Instance implements AutoCloseable {

    private static final String READ = "read";
    private static final String SUMS = "sums";
    private static final String CELL = "CELL ";
    private static final String END = "END";
    private static final String FIELD = "\t";

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private Instance(Process process) {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** The process. Argument: the configuration. */
    public static void main(String[] arguments) throws IOException {
        LastmileMonitor.RunningMonitor monitor = LastmileMonitor.start(arguments[0], new Sums());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        for (String question = in.readLine(); question != null; question = in.readLine()) {
            if (question.equals(READ)) {
                out.write(reading(monitor).line() + "\n");
            } else {
                monitor.sums().forEach((slice, cell) -> {
                    try {
                        out.write(CELL + slice + FIELD + cell.labelled() + FIELD + cell.errors() + "\n");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                out.write(END + "\n");
            }
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static Reading reading(LastmileMonitor.RunningMonitor monitor) {
        Ledger ledger = monitor.ledger();
        return new Reading(
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(),
                monitor.isReady(),
                ledger.inferencesReceived() + ledger.truthsReceived(),
                ledger.get(Disposition.INFERENCE_JOINED),
                ledger.get(Disposition.TRUTH_CORRECTION_APPLIED),
                KafkaCounters.consumed(),
                KafkaCounters.deltas());
    }

    /** Starts one whose native libraries go to the directory. */
    static Instance start(String configuration, Path directory) throws IOException {
        return new Instance(Java.start(
                List.of("-Xmx2g", "-Djava.io.tmpdir=" + directory),
                Java.without(Contestant.FLINK_ROCKSDB, System.getProperty("java.class.path")),
                Instance.class,
                List.of(configuration)));
    }

    /** What it has done so far. */
    Reading read() throws IOException {
        return Reading.of(answerTo(READ));
    }

    /** The sums of the deployments it watches. */
    Sums sums() throws IOException {
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
            throw new IOException("an instance of the monitor ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
