package dev.lastmile.topology;

import dev.lastmile.event.Ledger;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a deployment has once and changes with every delta. Mutable.
 */
public final class DeploymentHead {

    private final Ledger ledger;
    private final Map<String, Long> deadLetters;
    private long clockMs;
    private long labelled;
    private long batches;
    private long published;
    private String configurationHash;

    public DeploymentHead() {
        this(new Ledger(), Map.of(), Long.MIN_VALUE, 0, 0, 0, "");
    }

    /** A head as it was read back. */
    public DeploymentHead(
            Ledger ledger,
            Map<String, Long> deadLetters,
            long clockMs,
            long labelled,
            long batches,
            long published,
            String configurationHash) {
        this.ledger = ledger;
        this.deadLetters = new TreeMap<>(deadLetters);
        this.clockMs = clockMs;
        this.labelled = labelled;
        this.batches = batches;
        this.published = published;
        this.configurationHash = configurationHash;
    }

    void add(Delta delta) {
        ledger.add(delta.ledger());
        delta.deadLetters().forEach((reason, count) -> deadLetters.merge(reason, count, Long::sum));
        clockMs = Math.max(clockMs, delta.clockMs());
        batches++;
    }

    void addLabelled(long firstLabels) {
        labelled += firstLabels;
    }

    /** All that was counted so far is published. */
    void publish() {
        published = batches;
    }

    void configure(String newConfigurationHash) {
        configurationHash = newConfigurationHash;
    }

    /** What became of every record. */
    public Ledger ledger() {
        return ledger;
    }

    /** Dead letters by reason. */
    public Map<String, Long> deadLetters() {
        return deadLetters;
    }

    /** Largest broker append time seen, epoch milliseconds; {@link Long#MIN_VALUE} before the first record. */
    public long clockMs() {
        return clockMs;
    }

    /** First labels so far: the clock of the false-alarm budget. */
    public long labelled() {
        return labelled;
    }

    /** Batches that were added so far, the last one's number. */
    public long batches() {
        return batches;
    }

    /** The last batch when statistics were published: cells that changed later were not. */
    public long published() {
        return published;
    }

    /** Of the settings under which the detectors run; empty before the first. */
    public String configurationHash() {
        return configurationHash;
    }
}
