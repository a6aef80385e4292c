package dev.lastmile.faults.scenario;

/** What shows that a scenario ends as it must. */
public sealed interface Evidence {

    /** How it is called in the report. */
    String name();

    /**
     * A fault that strikes in a campaign.
     *
     * @param name as its strikes have it
     */
    record OfFault(String name) implements Evidence {}

    /**
     * A test of some module of this build, with all that it is run with.
     *
     * @param type its class, without the {@code dev.lastmile.} that all begin with
     * @param method of it
     */
    record OfTest(String type, String method) implements Evidence {

        @Override
        public String name() {
            return type.substring(type.lastIndexOf('.') + 1) + "#" + method;
        }
    }

    /** A fault by its name. */
    static Evidence fault(String name) {
        return new OfFault(name);
    }

    /** A test by {@code class#method}. */
    static Evidence test(String classAndMethod) {
        String[] parts = classAndMethod.split("#", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("must be class#method: " + classAndMethod);
        }
        return new OfTest(parts[0], parts[1]);
    }
}
