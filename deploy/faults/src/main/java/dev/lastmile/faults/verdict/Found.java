package dev.lastmile.faults.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.wire.Malformed;
import dev.lastmile.faults.wire.Outputs;
import dev.lastmile.faults.wire.Outputs.PutAway;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came out.
 *
 * @param cells as published, the last of a key
 * @param putAway all dead letters, in no order
 * @param ledgers by {@code customer/deployment}, as whoever watches the deployment says
 */
record Found(Map<BucketKey, OracleCounts> cells, List<PutAway> putAway, Map<String, Map<String, Long>> ledgers) {

    /** Reads the output topics, and asks the monitors. */
    static Found from(TopicReader reader, Set<String> customers, List<MonitorProcess> monitors)
            throws IOException, InterruptedException {
        Map<BucketKey, OracleCounts> cells = new HashMap<>();
        List<PutAway> putAway = new ArrayList<>();
        List<Malformed> malformed = new ArrayList<>();
        for (String customer : customers) {
            reader.read(List.of(Topics.sliceStatistics(customer)), record -> {
                try {
                    Outputs.Cell cell = Outputs.cell(record.value());
                    cells.put(cell.key(), cell.counts());
                } catch (Malformed e) {
                    malformed.add(e);
                }
            });
            reader.read(List.of(Topics.deadLetters(customer)), record -> {
                try {
                    putAway.add(Outputs.putAway(record.value()));
                } catch (Malformed e) {
                    malformed.add(e);
                }
            });
        }
        if (!malformed.isEmpty()) {
            throw new IOException(malformed.size() + " outputs are no events", malformed.get(0));
        }
        return new Found(cells, putAway, ledgers(customers, monitors));
    }

    /** Every record is in one of these; a deployment is watched by one monitor at a time. */
    static Map<String, Map<String, Long>> ledgers(Set<String> customers, List<MonitorProcess> monitors)
            throws IOException, InterruptedException {
        Map<String, Map<String, Long>> ledgers = new HashMap<>();
        for (MonitorProcess monitor : monitors) {
            for (JsonNode one : monitor.json("api/v1/deployments")) {
                if (!customers.contains(one.required("customer").textValue())) {
                    continue;
                }
                String name = one.required("customer").textValue() + "/"
                        + one.required("deployment").textValue();
                JsonNode deployment = monitor.json(
                        "api/v1/deployments/" + encoded(one, "customer") + "/" + encoded(one, "deployment"));
                Map<String, Long> counts = new HashMap<>();
                deployment
                        .required("ledger")
                        .properties()
                        .forEach(field ->
                                counts.put(field.getKey(), field.getValue().longValue()));
                ledgers.put(name, counts);
            }
        }
        return ledgers;
    }

    private static String encoded(JsonNode deployment, String field) {
        return URLEncoder.encode(deployment.required(field).textValue(), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    /** How many records are in ledgers. */
    static long sum(Map<String, Map<String, Long>> ledgers) {
        return ledgers.values().stream()
                .flatMap(ledger -> ledger.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
