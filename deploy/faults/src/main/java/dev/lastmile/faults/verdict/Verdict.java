package dev.lastmile.faults.verdict;

import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.traffic.Places;
import dev.lastmile.faults.wire.Outputs.PutAway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether I1 to I4 hold: every record ended in one way, ledgers and statistics are those of the batch program, and each record that is no
 * event is one dead letter with the right reason.
 *
 * @param broken what does not hold, a line each; none if all does
 * @param read where the records lie that were judged
 * @param cells of statistics that were compared
 * @param putAway all dead letters that there are
 */
public record Verdict(List<String> broken, Places read, int cells, List<PutAway> putAway) {

    /** Customers see no cell of fewer labelled inferences. */
    private static final int MINIMUM_SHOWN = 11;

    private static final Set<String> CUSTOMERS = OracleStream.customers();
    private static final long BETWEEN_LOOKS_MS = 300;
    private static final int SHOWN = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);

    public Verdict {
        broken = List.copyOf(broken);
        putAway = List.copyOf(putAway);
    }

    /** How many records were judged. */
    public long records() {
        return read.count();
    }

    /**
     * Waits until nothing moves any more, then compares.
     *
     * @param monitors all that are left, ready
     * @param within how long it may take until everything is counted
     */
    public static Verdict of(String bootstrapServers, List<MonitorProcess> monitors, Duration within)
            throws IOException, InterruptedException {
        TopicReader reader = new TopicReader(bootstrapServers);
        Expected expected = Expected.from(reader);
        Patience patience = Patience.of(within);
        try {
            patience.until(
                    "every record is in a ledger",
                    () -> Found.sum(Found.ledgers(CUSTOMERS, monitors)) >= expected.records());
            patience.until("what was counted is published", () -> {
                // To read all of it again and again would take the machine from those who have to publish it.
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
                Found now = Found.from(reader, CUSTOMERS, monitors);
                return differences("", expected.cells(), now.cells()).isEmpty()
                        && deadLetters(expected.putAway(), now.putAway()).isEmpty();
            });
        } catch (IOException e) {
            // What is compared below says what is missing.
            LOG.atInfo().addKeyValue("why", e.getMessage()).log("Not everything was counted in time");
        }
        Found found = Found.from(reader, CUSTOMERS, monitors);
        List<String> broken = new ArrayList<>();
        long counted = Found.sum(found.ledgers());
        if (counted != expected.records()) {
            String what = counted < expected.records() ? " missing" : " too many";
            broken.add("I1: " + Math.abs(counted - expected.records()) + what + ": " + expected.records()
                    + " records, but " + counted + " in ledgers");
        }
        broken.addAll(differences("I2", expected.ledgers(), folded(found.ledgers())));
        broken.addAll(differences("I3", expected.cells(), found.cells()));
        broken.addAll(deadLetters(expected.putAway(), found.putAway()));
        return new Verdict(broken, expected.read(), expected.cells().size(), found.putAway());
    }

    private static List<String> deadLetters(Set<PutAway> expected, List<PutAway> found) {
        List<String> broken = new ArrayList<>();
        Set<PutAway> seen = new HashSet<>();
        for (PutAway letter : found) {
            if (!seen.add(letter)) {
                broken.add("I4: twice: " + letter);
            } else if (!expected.contains(letter)) {
                broken.add("I4: unexpected: " + letter);
            }
        }
        for (PutAway letter : expected) {
            if (!seen.contains(letter)) {
                broken.add("I4: missing: " + letter);
            }
        }
        return shortened("I4", broken);
    }

    /** The batch program does not tell waiting from expired, and knows no dead letters. */
    private static Map<String, Map<String, Long>> folded(Map<String, Map<String, Long>> ledgers) {
        Map<String, Map<String, Long>> folded = new TreeMap<>();
        ledgers.forEach((deployment, counts) -> {
            Map<String, Long> its = new LinkedHashMap<>();
            counts.forEach((disposition, count) -> {
                boolean unknownThere = disposition.endsWith("_dead_lettered") || disposition.endsWith("_undecided");
                if (!unknownThere) {
                    its.merge(disposition.replaceFirst("_(waiting|expired)$", "_waiting_or_expired"), count, Long::sum);
                }
            });
            if (its.values().stream().anyMatch(count -> count != 0)) {
                folded.put(deployment, its);
            }
        });
        return folded;
    }

    static Map<BucketKey, OracleCounts> shown(Map<BucketKey, OracleCounts> all) {
        Map<BucketKey, OracleCounts> shown = new HashMap<>();
        all.forEach((key, counts) -> {
            if (counts.labelled() >= MINIMUM_SHOWN) {
                shown.put(key, counts);
            }
        });
        return shown;
    }

    private static <K, V> List<String> differences(String invariant, Map<K, V> expected, Map<K, V> found) {
        List<String> broken = new ArrayList<>();
        expected.forEach((key, value) -> {
            V there = found.get(key);
            if (!Objects.equals(value, there)) {
                broken.add(invariant + ": " + key + ": expected " + value + " but was " + there);
            }
        });
        found.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                broken.add(invariant + ": " + key + ": unexpected " + value);
            }
        });
        return shortened(invariant, broken);
    }

    private static List<String> shortened(String invariant, List<String> broken) {
        if (broken.size() <= SHOWN) {
            return broken;
        }
        List<String> some = new ArrayList<>(broken.subList(0, SHOWN));
        some.add(invariant + ": and " + (broken.size() - SHOWN) + " more");
        return some;
    }
}
