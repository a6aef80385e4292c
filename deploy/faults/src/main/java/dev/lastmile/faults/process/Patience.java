package dev.lastmile.faults.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what must come, and no longer than that. */
public final class Patience {

    private static final long LOOK_EVERY_MS = 50;

    private final long endNanos;
    private final Duration atMost;

    private Patience(Duration atMost) {
        this.atMost = atMost;
        this.endNanos = System.nanoTime() + atMost.toNanos();
    }

    /** From now on. */
    public static Patience of(Duration atMost) {
        return new Patience(atMost);
    }

    /** What is waited for, or that it cannot come any more. */
    public interface Condition {

        /** An {@link IOException} says that it is not so yet. */
        boolean holds() throws IOException, InterruptedException;
    }

    /** What somebody has to say about a failure. */
    public interface Witness {

        /** All of it. */
        String says() throws IOException;
    }

    /**
     * Waits.
     *
     * @param what is waited for, for the failure's message
     * @param possible whether it can still come
     * @param witness of what happened instead
     * @return how long it took
     * @throws IOException where it did not come
     */
    public Duration until(String what, Condition condition, Condition possible, Witness witness)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        IOException last = null;
        while (System.nanoTime() < endNanos) {
            try {
                if (condition.holds()) {
                    return Duration.ofNanos(System.nanoTime() - started);
                }
            } catch (IOException e) {
                last = e;
            }
            if (!possible.holds()) {
                throw new IOException("in vain: " + what + "\n" + tail(witness.says()), last);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        throw new IOException("not within " + atMost + ": " + what + "\n" + tail(witness.says()), last);
    }

    /** The same, of what can always come. */
    public Duration until(String what, Condition condition) throws IOException, InterruptedException {
        return until(what, condition, () -> true, () -> "");
    }

    private static String tail(String text) {
        int most = 8_000;
        return text.length() <= most ? text : "…" + text.substring(text.length() - most);
    }
}
