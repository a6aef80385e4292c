package dev.lastmile.faults.installation;

import dev.lastmile.faults.planted.PlantedBug;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How large an installation is.
 *
 * @param brokers 1, or 3, of which two must have each record
 * @param monitors instances, 1 to 3
 * @param staticMembers whether an instance that comes back is known as the one that went
 * @param partitions of each input topic
 * @param sessionTimeout after which an instance that is not heard of is taken for gone
 * @param commitInterval of the monitors
 * @param smallDisk whether the first monitor has its state on a {@link SmallDisk}, and all of them so little memory that they often write to
 *     it
 * @param planted a mistake in the monitors; absent as a rule
 * @param spared so many of the first monitors no fault strikes
 */
public record Shape(
        int brokers,
        int monitors,
        boolean staticMembers,
        int partitions,
        Duration sessionTimeout,
        Duration commitInterval,
        boolean smallDisk,
        @Nullable PlantedBug planted,
        int spared) {

    /** One monitor that is missed only after a while, since it comes back. */
    public static final Shape ONE =
            new Shape(1, 1, true, 3, Duration.ofSeconds(30), Duration.ofMillis(500), false, null, 0);

    /** Two that stand in for each other soon. */
    public static final Shape TWO =
            new Shape(1, 2, false, 3, Duration.ofSeconds(6), Duration.ofMillis(500), false, null, 0);

    /** Two, of which only the second is ever struck. */
    public static final Shape ONE_SPARED =
            new Shape(1, 2, false, 3, Duration.ofSeconds(6), Duration.ofMillis(500), false, null, 1);

    /** One that is missed soon, and others that come and go. */
    public static final Shape ONE_AND_GUESTS =
            new Shape(1, 1, false, 3, Duration.ofSeconds(6), Duration.ofMillis(500), false, null, 0);

    /** One whose state disk is soon full. */
    public static final Shape SMALL_DISK =
            new Shape(1, 1, true, 3, Duration.ofSeconds(30), Duration.ofMillis(500), true, null, 0);

    /** Three that are restarted one after the other. */
    public static final Shape THREE =
            new Shape(1, 3, true, 3, Duration.ofSeconds(30), Duration.ofMillis(500), false, null, 0);

    /** One monitor on three brokers. */
    public static final Shape THREE_BROKERS =
            new Shape(3, 1, true, 3, Duration.ofSeconds(30), Duration.ofMillis(500), false, null, 0);

    public Shape {
        if (brokers != 1 && brokers != 3) {
            throw new IllegalArgumentException("brokers must be 1 or 3: " + brokers);
        }
        if (monitors < 1 || monitors > 3) {
            throw new IllegalArgumentException("monitors must be in [1, 3]: " + monitors);
        }
    }

    /** The same, of monitors with a mistake in them. */
    public Shape with(PlantedBug bug) {
        return new Shape(
                brokers, monitors, staticMembers, partitions, sessionTimeout, commitInterval, smallDisk, bug, spared);
    }
}
