package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.slice.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineTrailTest {

    private static Baseline baseline(int labelled) {
        return Baseline.of(
                Baseline.Source.LEARNED,
                0,
                labelled,
                labelled,
                1,
                Map.of(Slice.OVERALL, new SliceBaseline(labelled, labelled, 0, labelled, 0, 0)));
    }

    @Test
    void theOldestEntryGoesWhenThereIsOneTooMany() {
        BaselineTrail trail = new BaselineTrail();
        for (int i = 1; i <= BaselineTrail.KEPT + 5; i++) {
            trail.add(baseline(i), "policy", i);
        }

        assertThat(trail.entries()).hasSize(BaselineTrail.KEPT);
        assertThat(trail.entries().get(0).labelled()).isEqualTo(6);
        assertThat(trail.entries().get(BaselineTrail.KEPT - 1).setAtMs()).isEqualTo(BaselineTrail.KEPT + 5);
    }

    @Test
    void whatIsReadBackIsWhatWasWritten() throws IOException {
        BaselineTrail trail = new BaselineTrail();
        trail.add(baseline(40), "policy", 1);
        trail.add(baseline(50).named("spring-2026"), "command by zoë", 2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trail.writeTo(new DataOutputStream(bytes));

        BaselineTrail read = BaselineTrail.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read.entries()).isEqualTo(trail.entries());
        assertThat(read.entries().get(1).version()).isEqualTo("spring-2026");
        assertThat(read.entries().get(1).hasPeriod()).isTrue();
    }
}
