package dev.lastmile.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessMemoryTest {

    @Test
    void kernelCountsInKibibytes() throws Exception {
        List<String> status = List.of("Name:\tjava", "VmHWM:\t  2048 kB", "VmRSS:\t     1 kB", "Threads:\t3");

        assertThat(ProcessMemory.of(status)).isEqualTo(new ProcessMemory(1_024, 2_097_152));
    }

    @Test
    void missingFigureIsNotZero() {
        assertThatIOException()
                .isThrownBy(() -> ProcessMemory.of(List.of("VmHWM:\t  2048 kB")))
                .withMessageContaining("VmRSS");
    }
}
