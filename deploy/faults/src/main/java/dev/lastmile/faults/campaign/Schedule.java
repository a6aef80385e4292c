package dev.lastmile.faults.campaign;

import dev.lastmile.faults.fault.Strike;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What strikes when, told at that time, and kept also where a run comes to no end. Used by one thread. */
public final class Schedule {

    private final Consumer<String> print;
    private final List<Strike> strikes = new ArrayList<>();
    private long startedNanos = System.nanoTime();

    Schedule(Consumer<String> print) {
        this.print = print;
    }

    /** From now on time counts. */
    public void begin() {
        startedNanos = System.nanoTime();
    }

    /** How long ago that was. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Tells something, with its time. */
    public void tell(String what) {
        print.accept(String.format(Locale.ROOT, "%9.3f s  %s", elapsed().toMillis() / 1_000.0, what));
    }

    /** What strikes. */
    public interface Blow {

        /** Strikes, and returns when that is healed. */
        Strike strike() throws IOException, InterruptedException;
    }

    /** Has a fault of that name strike. */
    public void strike(String fault, Blow blow) throws IOException, InterruptedException {
        Duration after = elapsed();
        tell(fault);
        boolean ended = false;
        try {
            Strike strike = blow.strike().at(after);
            strikes.add(strike);
            ended = true;
            tell("  " + (strike.hit() ? "hit" : "did not hit") + "; " + strike.evidence() + "; ready again after "
                    + strike.recovery().toMillis() + " ms");
            strike.broken().forEach(line -> tell("  " + line));
        } finally {
            if (!ended) {
                strikes.add(new Strike(fault, false, "came to no end", elapsed().minus(after), List.of(), after));
            }
        }
    }

    /** All that struck so far, in order. */
    public List<Strike> strikes() {
        return List.copyOf(strikes);
    }
}
