package dev.lastmile.local.simulation.method;

/** A method with one knob: the higher, the fewer alarms. */
public interface Tunable extends Method {

    /**
     * Where the knob may be.
     *
     * @param least most alarms
     * @param greatest fewest
     */
    record Range(double least, double greatest) {
        public Range {
            if (!(least < greatest)) {
                throw new IllegalArgumentException("least must be < greatest: " + least + ", " + greatest);
            }
        }
    }

    /** What it is called with its knob elsewhere; methods of one kind differ in that alone. */
    String kind();

    /** The knob's position. */
    double threshold();

    /** Where to look for a better one. */
    Range range();

    /** This method with the knob elsewhere. */
    Tunable with(String newLabel, double newThreshold);
}
