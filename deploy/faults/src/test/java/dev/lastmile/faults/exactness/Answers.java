package dev.lastmile.faults.exactness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.faults.oracle.OracleDeployment;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import dev.lastmile.faults.oracle.OracleStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running monitor says over HTTP, in its API and to Prometheus. */
final class Answers {

    private static final Pattern RECORDS = Pattern.compile(
            "lastmile_records_total\\{customer=\"([^\"]*)\",deployment=\"([^\"]*)\",disposition=\"([^\"]*)\",?\\} (\\S+)");
    private static final Pattern WAITING = Pattern.compile(
            "lastmile_records_waiting\\{customer=\"([^\"]*)\",deployment=\"([^\"]*)\",kind=\"([^\"]*)\",?\\} (\\S+)");

    private final ChildMonitor monitor;

    Answers(ChildMonitor monitor) {
        this.monitor = monitor;
    }

    /** The shown part of a slice's total. */
    record Total(long received, long labelled, long errors, long trials) {}

    /** The totals that the API shows. */
    Map<SliceKey, Total> totals() throws Exception {
        Map<SliceKey, Total> totals = new HashMap<>();
        for (OracleDeployment policy : OracleStream.policies()) {
            for (JsonNode slice : deployment(policy).required("slices")) {
                totals.put(
                        new SliceKey(
                                policy.customer(),
                                policy.deployment(),
                                slice.required("modelVersion").textValue(),
                                slice.required("slice").textValue()),
                        new Total(
                                slice.required("received").longValue(),
                                slice.required("labelled").longValue(),
                                slice.required("errors").longValue(),
                                slice.required("trials").longValue()));
            }
        }
        return totals;
    }

    /** The ledgers of the API, by {@code customer/deployment}. */
    Map<String, Map<String, Long>> ledgers() throws Exception {
        Map<String, Map<String, Long>> ledgers = new HashMap<>();
        for (OracleDeployment policy : OracleStream.policies()) {
            Map<String, Long> counts = new HashMap<>();
            deployment(policy)
                    .required("ledger")
                    .properties()
                    .forEach(
                            field -> counts.put(field.getKey(), field.getValue().longValue()));
            ledgers.put(policy.customer() + "/" + policy.deployment(), counts);
        }
        return ledgers;
    }

    /** The ledgers as Prometheus sees them. */
    Map<String, Map<String, Long>> exportedLedgers() throws Exception {
        String metrics = monitor.get("/metrics");
        Map<String, Map<String, Long>> ledgers = new HashMap<>();
        Matcher record = RECORDS.matcher(metrics);
        while (record.find()) {
            put(ledgers, record, record.group(3));
        }
        Matcher waiting = WAITING.matcher(metrics);
        while (waiting.find()) {
            put(ledgers, waiting, waiting.group(3) + "_waiting");
        }
        // A record whose schema is known only a moment later stands under no deployment until then.
        ledgers.values().removeIf(counts -> counts.values().stream().allMatch(count -> count == 0));
        return ledgers;
    }

    private static void put(Map<String, Map<String, Long>> ledgers, Matcher series, String disposition) {
        ledgers.computeIfAbsent(series.group(1) + "/" + series.group(2), any -> new HashMap<>())
                .put(disposition, (long) Double.parseDouble(series.group(4)));
    }

    private JsonNode deployment(OracleDeployment policy) throws Exception {
        String name =
                URLEncoder.encode(policy.deployment(), StandardCharsets.UTF_8).replace("+", "%20");
        return monitor.json("/api/v1/deployments/" + policy.customer() + "/" + name);
    }
}
