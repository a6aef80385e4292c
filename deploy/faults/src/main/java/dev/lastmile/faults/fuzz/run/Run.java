package dev.lastmile.faults.fuzz.run;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of a fuzzer: first what is kept, then what is made. The random numbers of an input follow from the seed and from its index
 * alone, so that each can be tried again without those before it. Everything happens on a thread with a stack as the monitor's have
 * it; when an input takes for ever, the run says which and leaves the thread behind.
 */
public final class Run {

    /** An input that takes longer hangs. */
    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);

    private static final long LOOK_EVERY_MS = 100;

    /** What costs too much is tried again: the machine may have been busy, a class may have been loaded. */
    private static final int CHANCES = 4;

    private static final int MOST_FINDINGS = 10;
    private static final double NANOS_A_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_FRAMES = 6;
    private static final int MOST_SHOWN_BYTES = 4_096;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Fuzzer fuzzer;
    private final long seed;
    private final Duration hangsAfter;
    private final Map<String, Long> outcomes = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private long kept;
    private long made;
    private volatile @Nullable Attempt current;
    private volatile @Nullable Throwable broken;

    /** An input that is tried now. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Attempt(String which, byte[] input, long sinceNanos) {}

    private interface Work {
        void run() throws IOException;
    }

    private Run(Fuzzer fuzzer, long seed, Duration hangsAfter) {
        this.fuzzer = fuzzer;
        this.seed = seed;
        this.hangsAfter = hangsAfter;
    }

    /**
     * Tries the corpus, and so many inputs.
     *
     * @throws IOException where the run itself failed, which says nothing about the product
     */
    public static Report of(Fuzzer fuzzer, Corpus corpus, long seed, long count)
            throws IOException, InterruptedException {
        return of(fuzzer, corpus, seed, count, HANGS_AFTER);
    }

    static Report of(Fuzzer fuzzer, Corpus corpus, long seed, long count, Duration hangsAfter)
            throws IOException, InterruptedException {
        Run run = new Run(fuzzer, seed, hangsAfter);
        return run.report(() -> {
            for (Corpus.Kept one : corpus.of(fuzzer.name())) {
                run.tryOut("kept " + one.name(), one.input());
                run.kept++;
            }
            for (long index = 0; index < count && run.findings.size() < MOST_FINDINGS; index++) {
                run.make(index);
            }
        });
    }

    /** Tries one input that is made, and nothing else. */
    public static Report ofOne(Fuzzer fuzzer, long seed, long index) throws IOException, InterruptedException {
        Run run = new Run(fuzzer, seed, HANGS_AFTER);
        return run.report(() -> run.make(index));
    }

    /** Tries an input from elsewhere, and nothing else. */
    public static Report ofGiven(Fuzzer fuzzer, byte[] input) throws IOException, InterruptedException {
        Run run = new Run(fuzzer, 0, HANGS_AFTER);
        return run.report(() -> run.tryOut("given", input));
    }

    private void make(long index) throws IOException {
        tryOut("input " + index, fuzzer.input(new SplittableRandom(seed + index * SPREAD)));
        made++;
    }

    private Report report(Work work) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        broken = e;
                    }
                },
                "fuzz-" + fuzzer.name());
        thread.setDaemon(true);
        thread.start();
        while (thread.isAlive()) {
            thread.join(LOOK_EVERY_MS);
            Attempt now = current;
            if (now != null && System.nanoTime() - now.sinceNanos() > hangsAfter.toNanos()) {
                String where = Arrays.toString(thread.getStackTrace());
                // The thread is never seen again: what it counted so far is not looked at.
                return new Report(
                        fuzzer.name(), seed, 0, 0, since(started), Map.of(), List.of(line(now, "hangs in " + where)));
            }
        }
        Throwable failed = broken;
        if (failed != null) {
            throw new IOException(fuzzer.name() + ", seed " + seed + ": the run failed after " + made, failed);
        }
        return new Report(fuzzer.name(), seed, kept, made, since(started), outcomes, findings);
    }

    private static Duration since(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private void tryOut(String which, byte[] input) {
        Allowance allowance = fuzzer.allowanceFor(input);
        String tooMuch = "";
        for (int chance = 0; chance < CHANCES; chance++) {
            Attempt attempt = new Attempt(which, input, System.nanoTime());
            current = attempt;
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long cpuNanos = THREADS.getCurrentThreadCpuTime();
            String outcome;
            try {
                outcome = fuzzer.tryOut(input);
            } catch (Finding e) {
                findings.add(line(attempt, String.valueOf(e.getMessage())));
                return;
            } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
                findings.add(line(attempt, told(e)));
                return;
            } finally {
                current = null;
            }
            cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuNanos;
            long wallNanos = System.nanoTime() - attempt.sinceNanos();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            if (allowance.covers(cpuNanos, wallNanos, allocated)) {
                outcomes.merge(outcome, 1L, Long::sum);
                return;
            }
            tooMuch = String.format(
                    "%s took %.1f ms of the processor, %.1f ms and %d bytes, which may be %d ms and %d bytes",
                    outcome,
                    cpuNanos / NANOS_A_MS,
                    wallNanos / NANOS_A_MS,
                    allocated,
                    allowance.time().toMillis(),
                    allowance.bytes());
        }
        findings.add(line(new Attempt(which, input, 0), tooMuch));
    }

    /** With where it came from: the same exception from elsewhere is another finding. */
    private static String told(Throwable e) {
        StringBuilder text = new StringBuilder(e.toString());
        Arrays.stream(e.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith(Run.class.getName()))
                .limit(MOST_FRAMES)
                .forEach(frame -> text.append(" < ").append(frame));
        return text.toString();
    }

    private String line(Attempt attempt, String what) {
        byte[] input = attempt.input();
        byte[] shown = Arrays.copyOf(input, Math.min(input.length, MOST_SHOWN_BYTES));
        return fuzzer.name() + ": seed " + seed + ", " + attempt.which() + ": " + what + "; " + input.length
                + " bytes: " + HexFormat.of().formatHex(shown) + (shown.length < input.length ? "…" : "");
    }
}
