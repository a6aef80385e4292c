package dev.lastmile.local.demo;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.local.generator.Change;
import dev.lastmile.local.generator.DemoDeployments;
import dev.lastmile.local.generator.Emission;
import dev.lastmile.local.generator.Traffic;
import dev.lastmile.schema.publisher.LastmilePublisher;
import dev.lastmile.schema.publisher.PublisherSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends the traffic at its own pace through the publisher that customers use. When the machine is slow, or the monitor is
 * far behind, it sends later, never less.
 */
final class TrafficSender implements AutoCloseable {

    private static final long STOPS_WITHIN_MS = 5_000;

    private final Change change = new Change();
    private final Traffic traffic;
    private final Map<String, LastmilePublisher> publishers = new HashMap<>();
    private final AtomicLong inferences = new AtomicLong();
    private final AtomicLong truths = new AtomicLong();
    private final AtomicLong accounted = new AtomicLong();
    private final AtomicBoolean changeIsDue = new AtomicBoolean();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final AtomicBoolean heldBack = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::send, "demo-traffic");

    private TrafficSender(long seed, long startMs) {
        traffic = new Traffic(seed, startMs, change);
    }

    /**
     * Starts to send.
     *
     * @param seed of the traffic
     * @param startMs when it begins, epoch milliseconds
     */
    static TrafficSender start(long seed, long startMs, String bootstrapServers, String registryUrl) {
        TrafficSender sender = new TrafficSender(seed, startMs);
        for (DeploymentId deployment : DemoDeployments.ALL) {
            PublisherSettings settings = PublisherSettings.of(deployment.customer(), bootstrapServers, registryUrl)
                    .with("linger.ms", "20");
            sender.publishers.put(deployment.customer(), new LastmilePublisher(settings));
        }
        sender.thread.start();
        return sender;
    }

    private void send() {
        long startNanos = System.nanoTime();
        try {
            while (stop.getCount() > 0) {
                Emission emission = traffic.next();
                if (isStoppedBefore(emission.offsetMs(), startNanos)) {
                    return;
                }
                publish(emission);
                letChangeCome(emission.offsetMs());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Waits until the record of this time may be sent; true when nothing is to be sent any more. */
    private boolean isStoppedBefore(long offsetMs, long startNanos) throws InterruptedException {
        while (true) {
            long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
            long waitMs = Pace.waitMs(offsetMs, elapsedMs, inferences.get() + truths.get() - accounted.get());
            heldBack.set(waitMs > 0 && elapsedMs >= offsetMs);
            if (waitMs == 0) {
                return false;
            }
            if (stop.await(waitMs, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
    }

    private void letChangeCome(long offsetMs) {
        if (changeIsDue.get() && !change.isDecided()) {
            change.come(offsetMs + Traffic.PLANNED_AHEAD_MS);
        }
        if (change.isBy(offsetMs)) {
            changed.set(true);
        }
    }

    private void publish(Emission emission) {
        LastmilePublisher publisher = publishers.get(emission.customer());
        if (publisher == null) {
            throw new IllegalStateException("no publisher for " + emission.customer());
        }
        CompletableFuture<RecordMetadata> written;
        if (emission instanceof Emission.OfInference an) {
            written = publisher.publish(an.event());
            inferences.incrementAndGet();
        } else if (emission instanceof Emission.OfTruth a) {
            written = publisher.publish(a.event());
            truths.incrementAndGet();
        } else {
            throw new IllegalStateException("neither inference nor truth");
        }
        CompletableFuture<RecordMetadata> unused = written.whenComplete((metadata, thrown) -> {
            if (thrown != null) {
                failure.compareAndSet(null, thrown);
            }
        });
    }

    /** Inferences sent so far, second copies included. */
    long inferences() {
        return inferences.get();
    }

    /** Ground truths sent so far, second copies and corrections included. */
    long truths() {
        return truths.get();
    }

    /** Says how many of the records sent the monitor has accounted for. */
    void accountedFor(long records) {
        accounted.set(records);
    }

    /** Whether the next record is due, but waits for the monitor. */
    boolean isHeldBack() {
        return heldBack.get();
    }

    /** Lets two of the three deployments get worse as soon as can be. */
    void change() {
        changeIsDue.set(true);
    }

    /** Whether they have got worse. */
    boolean hasChanged() {
        return changed.get();
    }

    /** What went wrong first; null when nothing did. */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(STOPS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publishers.values().forEach(LastmilePublisher::close);
    }
}
