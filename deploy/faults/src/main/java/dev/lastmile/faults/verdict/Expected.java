package dev.lastmile.faults.verdict;

import dev.lastmile.faults.oracle.BatchOracle;
import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleInference;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleTruth;
import dev.lastmile.faults.traffic.Places;
import dev.lastmile.faults.wire.Inputs;
import dev.lastmile.faults.wire.Malformed;
import dev.lastmile.faults.wire.Outputs.PutAway;
import dev.lastmile.schema.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What must have come out of what lies in the input topics.
 *
 * @param ledgers by {@code customer/deployment}
 * @param cells that customers are shown
 * @param putAway records that are no events, each with the reason
 * @param read where all of them lie
 */
record Expected(
        Map<String, Map<String, Long>> ledgers, Map<BucketKey, OracleCounts> cells, Set<PutAway> putAway, Places read) {

    /** How many records were read. */
    long records() {
        return read.count();
    }

    /** Reads the input topics and computes everything. */
    static Expected from(TopicReader reader) {
        Map<String, Map<String, Long>> ledgers = new TreeMap<>();
        Map<BucketKey, OracleCounts> cells = new HashMap<>();
        Set<PutAway> putAway = new HashSet<>();
        Places read = new Places();
        // One customer after the other: the batch program keeps all that it reads.
        for (String customer : OracleStream.customers()) {
            List<OracleInference> inferences = new ArrayList<>();
            List<OracleTruth> truths = new ArrayList<>();
            reader.read(
                    List.of(Topics.inferences(customer)),
                    record -> take(
                            record, putAway, read, () -> inferences.add(Inputs.inference(customer, record.value()))));
            reader.read(
                    List.of(Topics.groundTruth(customer)),
                    record -> take(record, putAway, read, () -> truths.add(Inputs.truth(customer, record.value()))));
            OracleResult counted = new BatchOracle(OracleStream.policies()).run(inferences, truths);
            ledgers.putAll(counted.ledgers());
            cells.putAll(Verdict.shown(counted.buckets()));
        }
        return new Expected(ledgers, cells, putAway, read);
    }

    private interface Reading {
        void read() throws Malformed;
    }

    private static void take(
            ConsumerRecord<byte[], byte[]> record, Set<PutAway> putAway, Places read, Reading reading) {
        read.add(record);
        try {
            reading.read();
        } catch (Malformed e) {
            putAway.add(new PutAway(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.reason().name()));
        }
    }
}
