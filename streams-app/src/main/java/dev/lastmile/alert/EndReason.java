package dev.lastmile.alert;

/** Why an alert ends although nobody has shown that the effect is gone. */
public enum EndReason {
    /** Another baseline is in force: what was measured against the old one no longer counts. */
    NEW_BASELINE("a new baseline is in force"),
    /** Other settings are in force: every detector starts anew. */
    NEW_CONFIGURATION("a new configuration is in force"),
    /** The model version is no longer watched. */
    MODEL_VERSION_RETIRED("this model version is no longer watched");

    private final String words;

    EndReason(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
