package dev.lastmile.benchmarks.throughput.contestant.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunningJobTest {

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 5, true", "0, 6, false", "1, 6, true", "29, 64, false", "30, 64, true"})
    void onceStartedAJobCompletesACheckpointInTwoSeconds(long checkpoints, long seconds, boolean enough) {
        assertThat(RunningJob.areEnough(checkpoints, seconds)).isEqualTo(enough);
    }
}
