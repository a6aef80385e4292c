package dev.lastmile.faults.fuzz.record;

/** Bytes that are not one datum of their schema. */
final class Wrong extends Exception {

    private static final long serialVersionUID = 1;

    Wrong(String message) {
        super(message);
    }
}
