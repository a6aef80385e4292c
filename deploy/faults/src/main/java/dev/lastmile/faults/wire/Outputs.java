package dev.lastmile.faults.wire;

import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What customers get. */
public final class Outputs {

    private static final List<String> REASONS = List.of(
            "UNKNOWN",
            "BAD_FRAME",
            "BAD_AVRO",
            "TOO_LARGE",
            "UNKNOWN_SCHEMA",
            "SCHEMA_INCOMPATIBLE",
            "SCHEMA_NOT_FOR_TOPIC",
            "SCHEMA_REJECTED",
            "NULL_VALUE",
            "KEY_MISMATCH",
            "VALUE_OUT_OF_RANGE",
            "TIME_TOO_OLD",
            "TIME_FUTURE",
            "TENANT_MISMATCH",
            "UNKNOWN_DEPLOYMENT",
            "WRONG_ANSWER_TYPE",
            "NOT_SCORABLE",
            "CORRECTIONS_OFF",
            "TOO_MANY_REVISIONS",
            "TOO_MANY_DEPLOYMENTS",
            "TOO_MANY_SCHEMAS");

    private Outputs() {}

    /** A cell as it was published. */
    public record Cell(BucketKey key, OracleCounts counts) {}

    /**
     * Which record was put away, and why.
     *
     * @param reason as the contract names it
     */
    public record PutAway(String topic, int partition, long offset, String reason) {}

    /** From the value of a record of slice statistics. */
    public static Cell cell(byte @Nullable [] value) throws Malformed {
        Datum in = Datum.in(value);
        String customer = in.text();
        String deployment = in.text();
        in.text();
        String version = in.text();
        in.each(() -> {
            in.text();
            in.text();
        });
        String slice = in.text();
        long startMs = in.number();
        in.number();
        long received = in.number();
        long labelled = in.number();
        long errors = in.number();
        long trials = in.number();
        in.number();
        in.optionalReal();
        in.optionalReal();
        in.optionalReal();
        long empty = in.number();
        long substitutions = in.number();
        long deletions = in.number();
        long insertions = in.number();
        in.optionalReal();
        in.optionalReal();
        in.optionalText();
        in.number();
        in.end();
        return new Cell(
                new BucketKey(new SliceKey(customer, deployment, version, slice), startMs),
                new OracleCounts(received, labelled, empty, errors, trials, substitutions, deletions, insertions));
    }

    /** From the value of a dead letter. */
    public static PutAway putAway(byte @Nullable [] value) throws Malformed {
        Datum in = Datum.in(value);
        String reason = REASONS.get(in.choice(REASONS.size()));
        in.text();
        in.text();
        String topic = in.text();
        int partition = (int) in.number();
        long offset = in.number();
        in.optionalNumber();
        in.optionalText();
        in.optionalText();
        in.optionalNumber();
        for (int i = 0; i < 2; i++) {
            if (in.isThere()) {
                in.octets();
            }
        }
        in.optionalText();
        in.number();
        in.end();
        return new PutAway(topic, partition, offset, reason);
    }
}
