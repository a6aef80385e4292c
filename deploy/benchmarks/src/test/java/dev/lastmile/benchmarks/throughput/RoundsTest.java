package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {

    @Test
    void everyRoundBeginsWithTheLastOfTheOneBefore() {
        List<Contestant> three = List.of(ContestantRun.LIMIT, ContestantRun.DSL, ContestantRun.LASTMILE);
        Rounds rounds = new Rounds(three, 4, Duration.ZERO, 1);

        assertThat(rounds.order(1)).isEqualTo(three);
        assertThat(rounds.order(2)).containsExactly(ContestantRun.LASTMILE, ContestantRun.LIMIT, ContestantRun.DSL);
        assertThat(rounds.order(3)).containsExactly(ContestantRun.DSL, ContestantRun.LASTMILE, ContestantRun.LIMIT);
        assertThat(rounds.order(4)).isEqualTo(three);
    }
}
