package dev.lastmile.local.demo;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.app.Configuration;
import dev.lastmile.app.Monitor;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.local.CannotRun;
import dev.lastmile.local.ProgressLine;
import dev.lastmile.local.broker.EmbeddedBroker;
import dev.lastmile.local.broker.TemporaryDirectory;
import dev.lastmile.local.generator.DemoDeployments;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.AlertStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Everything in one process: broker, registry, monitor, three customers, and somebody who reads their alerts. */
final class Demo {

    private static final int PARTITIONS = 2;
    private static final long STEP_MS = 200;
    private static final long READY_WITHIN_MS = 60_000;

    private final ProgressLine out;
    private final CountDownLatch stop;
    private final long startNanos = System.nanoTime();
    private final BlockingQueue<AlertEvent> arrived = new LinkedBlockingQueue<>();
    private final List<SeenAlert> seen = new ArrayList<>();
    private final Map<String, AlertStatus> told = new HashMap<>();

    /**
     * @param out where it tells what it does
     * @param stop ends it early when it reaches zero
     */
    Demo(ProgressLine out, CountDownLatch stop) {
        this.out = out;
        this.stop = stop;
    }

    /**
     * Runs until the time is over or it is stopped, and cleans up.
     *
     * @param seed of the traffic
     * @param httpPort of page and metrics, 0 for any free one
     * @param seconds how long from the start; {@link Long#MAX_VALUE} for until stopped
     * @return all that came from the alert topics
     */
    List<SeenAlert> run(long seed, int httpPort, long seconds) throws CannotRun, InterruptedException {
        // Closed from the last to the first: nobody is left without what it talks to.
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            out.print("Starting a Kafka broker and a schema registry in this process …");
            EmbeddedBroker broker = opened(parts, EmbeddedBroker.start());
            EmbeddedRegistry registry = opened(parts, EmbeddedRegistry.start());
            TemporaryDirectory state = opened(parts, TemporaryDirectory.create("lastmile-demo-"));
            for (DeploymentId deployment : DemoDeployments.ALL) {
                broker.createCustomerTopics(deployment.customer(), PARTITIONS);
            }
            out.print("Starting the monitor …");
            Monitor monitor = opened(parts, Monitor.start(configuration(broker, registry, state, httpPort)));
            awaitReady(monitor);
            out.print("Page:    " + monitor.url());
            out.print("Metrics: " + monitor.url().resolve("/metrics"));
            opened(
                    parts,
                    AlertWatch.start(broker.bootstrapServers(), registry.url(), DemoDeployments.ALL, arrived::add));
            introduce(seed);
            TrafficSender sender = opened(
                    parts,
                    TrafficSender.start(seed, System.currentTimeMillis(), broker.bootstrapServers(), registry.url()));
            watch(monitor, sender, seconds);
            return List.copyOf(seen);
        } catch (IOException e) {
            throw new CannotRun(String.valueOf(e.getMessage()), e);
        } finally {
            out.clear();
            closeAll(parts);
        }
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    private static Configuration configuration(
            EmbeddedBroker broker, EmbeddedRegistry registry, TemporaryDirectory state, int httpPort)
            throws IOException {
        try (InputStream yaml = Demo.class.getResourceAsStream("demo.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("demo.yaml is missing from the jar");
            }
            return Configuration.parse(
                    "demo.yaml",
                    new String(yaml.readAllBytes(), StandardCharsets.UTF_8),
                    state.path(),
                    Map.of(
                            "LASTMILE_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                            "LASTMILE_REGISTRY_URL", registry.url(),
                            "LASTMILE_STATE_DIRECTORY", state.path().toString(),
                            "LASTMILE_HTTP_PORT", Integer.toString(httpPort)));
        }
    }

    private void awaitReady(Monitor monitor) throws CannotRun, InterruptedException {
        for (long waitedMs = 0; !monitor.readiness().ready(); waitedMs += STEP_MS) {
            if (monitor.ended().isDone()) {
                throw new CannotRun(
                        "the monitor ended: " + monitor.ended().join().line());
            }
            if (waitedMs >= READY_WITHIN_MS) {
                throw new CannotRun("the monitor is not ready after " + READY_WITHIN_MS / 1000 + " s: "
                        + monitor.readiness().reason());
            }
            if (stop.await(STEP_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void introduce(long seed) {
        out.print("Three customers send now, seed " + seed + ":");
        for (Expectation expectation : Expectation.ALL) {
            out.print(String.format(Locale.ROOT, "  %-26s %s", expectation.deployment(), expectation.story()));
        }
        out.print("The monitor first learns what is normal, about half a minute; then something changes.");
    }

    private void watch(Monitor monitor, TrafficSender sender, long seconds) throws CannotRun, InterruptedException {
        boolean announced = false;
        while (elapsedSeconds() < seconds && !stop.await(STEP_MS, TimeUnit.MILLISECONDS)) {
            Throwable failure = sender.failure();
            if (failure != null) {
                throw new CannotRun("the traffic could not be sent: " + failure, failure);
            }
            if (monitor.ended().isDone()) {
                throw new CannotRun(
                        "the monitor ended: " + monitor.ended().join().line());
            }
            MonitorProgress reached = MonitorProgress.of(monitor.snapshots().all());
            sender.accountedFor(reached.accounted());
            if (reached.baselinesFrozen()) {
                sender.change();
            }
            if (!announced && sender.hasChanged()) {
                announced = true;
                out.print(time() + " From now on an imaging machine hums in " + DemoDeployments.UNFAIR + ", and "
                        + DemoDeployments.WORSE_FOR_ALL + " gets worse for everybody.");
            }
            takeAlerts();
            if (out.isDue()) {
                out.show(progress(monitor, sender));
            }
        }
        takeAlerts();
        if (!announced) {
            out.print("The time was over before anything changed: the monitor was still learning what is normal.");
        }
    }

    private void takeAlerts() {
        List<AlertEvent> events = new ArrayList<>();
        arrived.drainTo(events);
        for (AlertEvent event : events) {
            SeenAlert alert = new SeenAlert(event, elapsedSeconds());
            seen.add(alert);
            // An alert is written again whenever its numbers move; people are told when its state does.
            if (event.getState() == told.put(event.getAlertId(), event.getState())) {
                continue;
            }
            out.print(time() + " " + event.getState() + " " + event.getKind() + " " + alert.deployment() + " "
                    + event.getSliceName());
            out.print("        " + event.getMessage());
        }
    }

    private String progress(Monitor monitor, TrafficSender sender) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%s sent %,d inferences, %,d truths", time(), sender.inferences(), sender.truths()));
        text.append(monitor.snapshots().all().isEmpty() ? "" : "; labelled:");
        for (DeploymentSnapshot deployment : monitor.snapshots().all()) {
            text.append(String.format(
                    Locale.ROOT,
                    " %s %,d%s",
                    deployment.deployment().deployment(),
                    deployment.ledger().get(Disposition.INFERENCE_JOINED),
                    deployment.baselineVersion() == null ? " (learning)" : ""));
        }
        if (sender.isHeldBack()) {
            text.append("; sending waits for the monitor");
        }
        return text.toString();
    }

    private double elapsedSeconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private String time() {
        return String.format(Locale.ROOT, "%5.1f s", elapsedSeconds());
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        RuntimeException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // The others are closed all the same; the first failure is told at the end.
                first = first == null ? new IllegalStateException("the demo did not end cleanly", e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
