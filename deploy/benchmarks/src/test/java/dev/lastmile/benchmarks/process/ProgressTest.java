package dev.lastmile.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressTest {

    @Test
    void progressSurvivesItsLine() {
        Progress progress = new Progress(true, 2, 3, 4);

        assertThat(Progress.of(progress.line())).isEqualTo(progress);
        assertThat(Progress.sum(List.of(progress, new Progress(false, 1, 1, 1))))
                .isEqualTo(new Progress(false, 3, 4, 5));
    }
}
