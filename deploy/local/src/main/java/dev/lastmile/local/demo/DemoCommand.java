package dev.lastmile.local.demo;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.ProgressLine;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: see Lastmile at work without setting anything up. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a broker, a registry, the monitor and three made-up customers in this process.",
            "A hospital ward gets a new noise that hurts one accent more than the others; a call centre gets worse for"
                    + " everybody alike; a clinic stays healthy. Alerts are printed as they come.",
            "The change comes once the monitor has learned what is normal, however long that takes on a busy machine."
        },
        footer = {
            "",
            "Exit code with --seconds: 0 when each deployment raised exactly what it should, 1 when not, 2 when the demo"
                    + " could not run."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int HELD = 0;
    private static final int NOT_HELD = 1;
    private static final long CLEANS_UP_WITHIN_SECONDS = 15;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "End after so many seconds with a summary; 90 are enough unless the machine is busy. Default: run"
                            + " until stopped.")
    private @Nullable Long seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the made-up traffic. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Of page and metrics on 127.0.0.1, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws CannotRun, InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        if (seconds != null && seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be >= 1: " + seconds);
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be in [0, 65535]: " + port);
        }
        Preconditions.check(port);
        ProgressLine out = ProgressLine.of(spec.commandLine().getOut());
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch cleaned = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> stopAndWait(stop, cleaned), "demo-stop");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        List<SeenAlert> seen;
        try {
            seen = new Demo(out, stop).run(seed, port, seconds == null ? Long.MAX_VALUE : seconds);
        } finally {
            cleaned.countDown();
        }
        DemoSummary.of(seen).forEach(out::print);
        return DemoSummary.allHeld(seen) ? HELD : NOT_HELD;
    }

    /** Ctrl-C: the JVM ends when this returns, so it returns once nothing is left behind. */
    private static void stopAndWait(CountDownLatch stop, CountDownLatch cleaned) {
        stop.countDown();
        try {
            if (!cleaned.await(CLEANS_UP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the demo did not clean up in " + CLEANS_UP_WITHIN_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
