package dev.lastmile.faults.attack;

import dev.lastmile.faults.installation.GroupProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.IsolationLevel;

/** How far behind a group is in some topics, in records: at a steady rate that says how old what was counted last is. */
public final class Lag {

    private static final long LOOK_EVERY_MS = 100;

    private final GroupProgress progress;

    /**
     * @param progress of the group, in the topics that are meant
     */
    public Lag(GroupProgress progress) {
        this.progress = progress;
    }

    /** The lag that was not exceeded in 99 of 100 looks, over that time. */
    public long p99Over(Duration time) throws IOException, InterruptedException {
        List<Long> lags = new ArrayList<>();
        long endNanos = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < endNanos) {
            lags.add(now());
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        List<Long> sorted = lags.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }

    /** The same, of two halves of that time the lower one: whatever is slow at first is not how it is when nothing happens. */
    public long p99Quiet(Duration time) throws IOException, InterruptedException {
        return Math.min(p99Over(time.dividedBy(2)), p99Over(time.dividedBy(2)));
    }

    /** The lag now; of a partition of which nothing was counted yet, all of it. */
    public long now() throws IOException, InterruptedException {
        return progress.left(IsolationLevel.READ_UNCOMMITTED).values().stream()
                .mapToLong(GroupProgress.Stretch::length)
                .sum();
    }

    /** Records that were appended so far, with what Kafka itself writes among them. */
    public long appended() throws IOException, InterruptedException {
        return progress.ends(IsolationLevel.READ_UNCOMMITTED).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
