package dev.lastmile.faults.scenario;

import java.util.List;

/**
 * Something that goes wrong.
 *
 * @param table which kind of thing
 * @param name that stays, in small letters and hyphens
 * @param what goes wrong
 * @param required what must happen then
 * @param shownBy what shows it, one thing at least
 */
public record Scenario(Table table, String name, String what, String required, List<Evidence> shownBy) {

    /** Kinds of things that go wrong. */
    public enum Table {
        /** What customers send. */
        BAD_INPUT("Bad input"),
        /** What happens to the monitor and to what it runs on. */
        MACHINES("Process, broker, disk, time"),
        /** What happens to those it asks, and to those who ask it. */
        EDGES("Dependencies and edges");

        private final String title;

        Table(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    public Scenario {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("name must be of small letters, digits and hyphens: " + name);
        }
        if (shownBy.isEmpty()) {
            throw new IllegalArgumentException("shownBy must not be empty: " + name);
        }
        shownBy = List.copyOf(shownBy);
    }
}
