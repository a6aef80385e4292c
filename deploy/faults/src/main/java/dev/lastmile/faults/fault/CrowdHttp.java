package dev.lastmile.faults.fault;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.lastmile.faults.attack.HttpCrowd;
import dev.lastmile.faults.attack.Lag;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * Ten thousand connections say nothing, two hundred requests never end, fifty readers take metrics byte by byte. Liveness and metrics
 * are answered meanwhile, and what the stream gives is not more than twice as old as without.
 */
public final class CrowdHttp implements Fault {

    private static final Duration QUIET = Duration.ofSeconds(8);
    private static final Duration CROWDED = Duration.ofSeconds(15);
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(1);
    private static final Duration METRICS_WITHIN = Duration.ofSeconds(5);
    private static final int MOST_TIMES = 2;
    private static final int IDLE = 10_000;
    private static final int NEVER_ENDING = 200;
    private static final int SLOW_READERS = 50;
    private static final long PAUSE_MS = 50;
    private static final int OTHER_FILES = 2_000;

    @Override
    public String name() {
        return "crowd at HTTP";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation.monitors().get(0);
        int idle = mostIdle();
        long quiet;
        long crowded;
        long cut;
        Answered answered;
        try (Admin admin = installation.admin()) {
            Lag lag = new Lag(Installation.progressIn(Installation.watchedTopics(), admin));
            quiet = lag.p99Quiet(QUIET);
            try (HttpCrowd crowd = HttpCrowd.gather(monitor.url(), idle, NEVER_ENDING, SLOW_READERS)) {
                CompletableFuture<Answered> asking = CompletableFuture.supplyAsync(() -> ask(monitor, CROWDED));
                crowded = lag.p99Over(CROWDED);
                answered = resultOf(asking);
                cut = crowd.cut();
            }
        }
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        String evidence = idle + " idle, " + cut + " cut off; liveness within "
                + answered.live().toMillis()
                + " ms, metrics within " + answered.metrics().toMillis() + " ms, " + answered.times() + " times, and "
                + answered.failed() + " times not; of all records at most " + quiet + " were not counted yet before, "
                + crowded + " meanwhile";
        List<String> broken = new ArrayList<>();
        if (crowded > MOST_TIMES * quiet) {
            broken.add("I5: " + name() + ": " + evidence);
        }
        if (answered.failed() > 0
                || answered.live().compareTo(LIVE_WITHIN) > 0
                || answered.metrics().compareTo(METRICS_WITHIN) > 0) {
            broken.add(name() + ": " + evidence);
        }
        return new Strike(name(), idle == IDLE && cut > 0 && answered.times() > 0, evidence, recovery, broken);
    }

    /** The longest that answers took, of so many, and how many did not come. */
    private record Answered(int times, int failed, Duration live, Duration metrics) {}

    private static Answered ask(MonitorProcess monitor, Duration time) {
        long endNanos = System.nanoTime() + time.toNanos();
        Duration live = Duration.ZERO;
        Duration metrics = Duration.ZERO;
        int times = 0;
        int failed = 0;
        while (System.nanoTime() < endNanos) {
            try {
                live = longer(live, timeOf(monitor, "health/live"));
                metrics = longer(metrics, timeOf(monitor, "metrics"));
                times++;
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            } catch (IOException notAnswered) {
                failed++;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new Answered(times, failed, live, metrics);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration timeOf(MonitorProcess monitor, String path) throws IOException, InterruptedException {
        long started = System.nanoTime();
        monitor.get(path);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static Answered resultOf(CompletableFuture<Answered> asking) throws IOException, InterruptedException {
        try {
            return asking.get();
        } catch (ExecutionException e) {
            throw new IOException("asking failed", e);
        }
    }

    /** Ten thousand, or what this process may open; then it does not count as hit. */
    private static int mostIdle() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long left = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - OTHER_FILES;
            return (int) Math.max(0, Math.min(IDLE, left));
        }
        return IDLE / 10;
    }
}
