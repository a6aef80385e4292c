package dev.lastmile.faults.fuzz.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerFuzzingTest {

    private static final long SEED = 20_261_128;
    private static final long RECORDS = 50_000;

    @Test
    void everyRecordEndsInOneWayAndTheMonitorIsTheSame(@TempDir Path directory) throws Exception {
        BrokerFuzzing.Result result = BrokerFuzzing.of(SEED, RECORDS, directory);

        System.out.println(result);
        assertThat(result.broken()).isEmpty();
        assertThat(result.records()).isGreaterThan(RECORDS);
        assertThat(result.letters())
                .containsKeys(
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
                        "TENANT_MISMATCH",
                        "UNKNOWN_DEPLOYMENT",
                        "WRONG_ANSWER_TYPE",
                        "NOT_SCORABLE");
    }
}
