package dev.lastmile.app;

import dev.lastmile.schema.TrustedRecords;
import java.util.Map;

/**
 * Limits of libraries that can only be set as system properties, and are read once, when their first class is used.
 * Whoever starts the monitor in a JVM of their own sets them first; a value that is already set stands.
 */
public final class SystemGuards {

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            // No field of ours is longer than 1 MiB, no array or map has more entries than this.
            Map.entry("org.apache.avro.limits.string.maxLength", "1048576"),
            Map.entry("org.apache.avro.limits.bytes.maxLength", "1048576"),
            Map.entry("org.apache.avro.limits.collectionItems.maxLength", "10000"),
            Map.entry("org.apache.avro.limits.decompress.maxLength", "16777216"),
            // Each new handshake on a connection costs us more than whoever asks for it.
            Map.entry("jdk.tls.rejectClientInitiatedRenegotiation", "true"));

    private SystemGuards() {}

    /** Sets what is not set, and lets Avro make our own records. Safe to call again. */
    public static void apply() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        TrustedRecords.trust();
    }
}
