package dev.lastmile.faults.verdict;

import dev.lastmile.faults.oracle.BatchOracle;
import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleInference;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleTruth;
import dev.lastmile.faults.wire.Inputs;
import dev.lastmile.faults.wire.Malformed;
import dev.lastmile.faults.wire.Outputs.PutAway;
import dev.lastmile.schema.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What must have come out of what lies in the input topics.
 *
 * @param counted by the batch program
 * @param putAway records that are no events, each with the reason
 * @param records all of them
 */
record Expected(OracleResult counted, Set<PutAway> putAway, long records) {

    /** Reads the input topics and computes everything. */
    static Expected from(TopicReader reader) {
        List<OracleInference> inferences = new ArrayList<>();
        List<OracleTruth> truths = new ArrayList<>();
        Set<PutAway> putAway = new HashSet<>();
        for (String customer : OracleStream.customers()) {
            reader.read(
                    List.of(Topics.inferences(customer)),
                    record -> take(record, putAway, () -> inferences.add(Inputs.inference(customer, record.value()))));
            reader.read(
                    List.of(Topics.groundTruth(customer)),
                    record -> take(record, putAway, () -> truths.add(Inputs.truth(customer, record.value()))));
        }
        OracleResult counted = new BatchOracle(OracleStream.policies()).run(inferences, truths);
        return new Expected(counted, putAway, (long) inferences.size() + truths.size() + putAway.size());
    }

    private interface Reading {
        void read() throws Malformed;
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Set<PutAway> putAway, Reading reading) {
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

    /** Of what was counted, what customers are shown. */
    Map<BucketKey, OracleCounts> cells() {
        return Verdict.shown(counted.buckets());
    }
}
