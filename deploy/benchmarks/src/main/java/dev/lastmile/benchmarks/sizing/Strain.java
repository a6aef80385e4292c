package dev.lastmile.benchmarks.sizing;

/**
 * How much of something is used where most of it is.
 *
 * @param what is used, where and in which unit
 * @param used where most of it is
 * @param limit of it
 * @param beyond what happens when there is more
 * @param remedy what can be done about it
 */
record Strain(String what, double used, double limit, Beyond beyond, String remedy) {

    /** What happens beyond a limit. */
    enum Beyond {
        /** It is the people who are at their limit, not the machines. */
        PEOPLE("nobody reads them"),
        /** The fleet goes on, and says what it left out. */
        LEFT_OUT("left out and counted"),
        /** The fleet goes on with more work than need be. */
        SLOWER("more work"),
        /** The fleet cannot keep up, or does not start. */
        STOPS("falls behind or fails");

        private final String words;

        Beyond(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Strain {
        if (!(used >= 0)) {
            throw new IllegalArgumentException("used must be >= 0: " + used);
        }
        if (!(limit > 0)) {
            throw new IllegalArgumentException("limit must be > 0: " + limit);
        }
    }

    /** How often the limit is in what is used; above 1 it is exceeded. */
    double share() {
        return used / limit;
    }
}
