package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.benchmarks.process.Java;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContestantRunTest {

    private static final String SEPARATOR = File.pathSeparator;

    @Test
    void everyContestantSeesExactlyOneRocksDb() {
        for (Contestant contestant : ContestantRun.ALL) {
            List<String> left = new ArrayList<>();
            for (String entry : Java.without(contestant.hiddenLibrary(), System.getProperty("java.class.path"))
                    .split(SEPARATOR, -1)) {
                String name = new File(entry).getName();
                if (name.startsWith(Contestant.FLINK_ROCKSDB) || name.startsWith(Contestant.KAFKA_STREAMS_ROCKSDB)) {
                    left.add(name);
                }
            }

            assertThat(left).as(contestant.label()).hasSize(1);
        }
    }

    @Test
    void contestantsHaveNamesOfTheirOwn() {
        assertThat(ContestantRun.ALL).extracting(Contestant::label).doesNotHaveDuplicates();
    }
}
