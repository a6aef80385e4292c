package dev.lastmile.faults.exactness;

import java.util.LinkedHashMap;
import java.util.Map;

/** The monitor's dispositions in the terms of the batch program, which does not tell waiting from expired. */
final class Ledgers {

    private Ledgers() {}

    /**
     * Adds up what the batch program does not tell apart. What it does not know at all, dead letters and records not
     * decided yet, is left out where it is 0: elsewhere it shows as a difference.
     *
     * @param counts by the dispositions' wire names
     */
    static Map<String, Long> folded(Map<String, Long> counts) {
        Map<String, Long> folded = new LinkedHashMap<>();
        counts.forEach((disposition, count) -> {
            boolean unknownThere = disposition.endsWith("_dead_lettered") || disposition.endsWith("_undecided");
            if (!unknownThere || count != 0) {
                folded.merge(disposition.replaceFirst("_(waiting|expired)$", "_waiting_or_expired"), count, Long::sum);
            }
        });
        return folded;
    }

    static long sum(Map<String, Map<String, Long>> ledgers) {
        return ledgers.values().stream()
                .flatMap(ledger -> ledger.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
