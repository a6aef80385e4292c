package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.slice.Slice;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompanionsTest {

    private static final Slice IRISH = Slice.of("accent", "irish");
    private static final Slice SCOTTISH = Slice.of("accent", "scottish");
    private static final Slice WELSH = Slice.of("accent", "welsh");

    @Test
    void secondNeedsHalfOfTheEvidenceOfAnAlarmTheThirdAThird() {
        assertThat(Companions.of(1, Map.of(IRISH, 0.5, SCOTTISH, 0.33, WELSH, 0.1)))
                .containsExactly(IRISH);
        assertThat(Companions.of(1, Map.of(IRISH, 0.5, SCOTTISH, 0.34, WELSH, 0.1)))
                .containsExactly(IRISH, SCOTTISH);
        assertThat(Companions.of(1, Map.of(IRISH, 0.49))).isEmpty();
    }

    @Test
    void thirdThatHasAThirdTakesTheSecondAlong() {
        assertThat(Companions.of(3, Map.of(IRISH, 0.4, SCOTTISH, 0.35))).containsExactly(IRISH, SCOTTISH);
    }

    @Test
    void oneThatAGateHoldsBackMayHaveMoreEvidenceThanTheOneThatFires() {
        assertThat(Companions.of(1, Map.of(IRISH, 5.0, SCOTTISH, 0.24, WELSH, 0.34)))
                .containsExactly(IRISH, WELSH);
    }
}
