package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.simulation.traffic.Population;
import dev.lastmile.local.simulation.traffic.Traffic;

/**
 * A value that the baseline has never seen, and that comes with the change.
 *
 * @param slice its slice, by number
 * @param after traffic once it is there, while nothing is wrong
 */
record Arrival(int slice, Traffic after) {

    /**
     * What was typed.
     *
     * @param dimension of the value
     * @param value its name
     * @param share of the traffic that it takes, in (0, 1)
     */
    record Announced(String dimension, String value, double share) {

        /** Reads {@code noise=imaging:.2}. */
        static Announced parse(String text) throws CannotRun {
            int equals = text.indexOf('=');
            int colon = text.lastIndexOf(':');
            if (equals < 1 || colon < equals + 2) {
                throw unreadable(text);
            }
            double share;
            try {
                share = Double.parseDouble(text.substring(colon + 1));
            } catch (NumberFormatException e) {
                throw unreadable(text);
            }
            if (!(share > 0 && share < 1)) {
                throw unreadable(text);
            }
            return new Announced(text.substring(0, equals), text.substring(equals + 1, colon), share);
        }

        private static CannotRun unreadable(String text) {
            return new CannotRun(
                    "--new-value must be dimension=value:share with a share in (0, 1), such as noise=imaging:.2: "
                            + text);
        }

        Population before(Population population) {
            return population.awaiting(dimension, value);
        }

        Population after(Population population) {
            return population.joinedBy(dimension, value, share);
        }
    }
}
