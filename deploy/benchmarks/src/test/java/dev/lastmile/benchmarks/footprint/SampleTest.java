package dev.lastmile.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lastmile.benchmarks.load.Answer;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleTest {

    private static final Load LOAD = new Load(Pattern.FAR, 10, 1_790_000_000_000L, 1, "i-", Shape.USUAL.unlabelled());

    private static List<String> labelled(int oneIn, int first) {
        List<String> ids = new ArrayList<>();
        LOAD.replay(new Sample(
                new Load.Receiver() {
                    @Override
                    public void answer(Answer answer) {
                        throw new AssertionError("inferences were sent before");
                    }

                    @Override
                    public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
                        assertThat(wrong).isEqualTo(answer.wrong());
                        ids.add(answer.id());
                    }
                },
                oneIn,
                first));
        return ids;
    }

    @Test
    void samplesHaveNoneInCommon() {
        assertThat(labelled(4, 0)).containsExactly("i-0", "i-4", "i-8");
        assertThat(labelled(4, 3)).containsExactly("i-3", "i-7");
        assertThatIllegalArgumentException().isThrownBy(() -> labelled(4, 4));
    }
}
