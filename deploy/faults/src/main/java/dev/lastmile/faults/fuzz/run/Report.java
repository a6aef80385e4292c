package dev.lastmile.faults.fuzz.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param fuzzer its name
 * @param seed with which it can be run again
 * @param kept inputs of the corpus that were tried
 * @param made inputs that were made and tried
 * @param took for all of them
 * @param outcomes how many inputs ended how
 * @param findings a line each; none if all promises held
 */
public record Report(
        String fuzzer,
        long seed,
        long kept,
        long made,
        Duration took,
        Map<String, Long> outcomes,
        List<String> findings) {

    public Report {
        outcomes = Map.copyOf(outcomes);
        findings = List.copyOf(findings);
    }

    /** Whether all promises held. */
    public boolean holds() {
        return findings.isEmpty();
    }

    /** In one line, without the findings. */
    public String summary() {
        return String.format(
                "%s: seed %d, %d kept and %d made in %.1f s, %d findings: %s",
                fuzzer,
                seed,
                kept,
                made,
                took.toMillis() / 1_000.0,
                findings.size(),
                new java.util.TreeMap<>(outcomes));
    }
}
