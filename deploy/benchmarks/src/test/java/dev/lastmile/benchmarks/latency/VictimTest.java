package dev.lastmile.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.benchmarks.load.Answer;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Sums;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VictimTest {

    private static final long START_MS = 1_790_000_000_000L;

    @Test
    void eachAccentIsWrongAsOftenUntilTheBurst() {
        Victim victim = Victim.of(25, START_MS, 4);
        Sums sums = new Sums();

        victim.prepare(sums.counting(Victim.SHAPE.slices()));

        Sums expected = new Sums();
        expected.add("d25", Sums.OVERALL, 600, 76);
        expected.add("d25", "accent=a0", 300, 38);
        expected.add("d25", "accent=a1", 300, 38);
        assertThat(expected.differenceFrom(sums)).isEmpty();
        assertThat(sums.events()).isEqualTo(2L * Victim.BASELINE + Victim.BURST);
    }

    @Test
    void inTheBurstAllLabelsOfOneAccentAreWrongAndTheOthersAreAsBefore() {
        List<Answer> troubled = Victim.of(25, START_MS, 4).troubled();

        assertThat(troubled).hasSize(Victim.BURST);
        assertThat(troubled.stream().filter(answer -> answer.values().get(0) == 0))
                .hasSize(Victim.BURST / 2)
                .allMatch(Answer::wrong);
        assertThat(troubled.stream().filter(answer -> answer.values().get(0) == 1 && answer.wrong()))
                .hasSize(Victim.BURST / 2 / 8);
    }

    @Test
    void idsOfOneVictimAreNotThoseOfAnother() {
        List<String> ids = new ArrayList<>();
        Load.Receiver receiver = new Load.Receiver() {
            @Override
            public void answer(Answer answer) {
                ids.add(answer.id());
            }

            @Override
            public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {}
        };

        Victim.of(25, START_MS, 4).prepare(receiver);
        Victim.of(26, START_MS, 4).prepare(receiver);

        assertThat(ids).hasSize(2 * (Victim.BASELINE + Victim.BURST)).doesNotHaveDuplicates();
    }
}
