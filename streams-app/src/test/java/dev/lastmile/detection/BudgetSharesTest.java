package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BudgetSharesTest {

    @Test
    void everyLabelledInferenceIsDealtOutOnce() {
        BudgetShares shares = new BudgetShares();

        shares.grant(100, 4);
        shares.grant(60, 6);

        assertThat(shares.granted()).isEqualTo(25 + 10);
    }

    @Test
    void nobodyThereTakesNothingAway() {
        BudgetShares shares = new BudgetShares();

        shares.grant(100, 0);

        assertThat(shares.granted()).isEqualTo(100);
    }

    /** One label of each slice given, all right answers, in a bucket of its own. */
    private static void label(
            Panel panel, Map<CellKey, BucketCell> cells, long bucketStartMs, long clock, String... accents) {
        Map<CellKey, SliceCounts> batch = new TreeMap<>();
        for (String accent : accents) {
            for (Slice slice : new Slice[] {Slice.OVERALL, Slice.of("accent", accent)}) {
                batch.computeIfAbsent(new CellKey("v1", bucketStartMs, slice), any -> new SliceCounts())
                        .addFirstLabel(Score.of(0, 1), 0);
            }
        }
        batch.forEach((key, counts) ->
                cells.computeIfAbsent(key, any -> new BucketCell()).counts().add(counts));
        panel.look(batch, clock, 1, new Panel.Statistics() {
            @Override
            public BucketCell cell(CellKey key) {
                return cells.computeIfAbsent(key, any -> new BucketCell());
            }

            @Override
            public long scoresAround(VersionSlice key) {
                return 0;
            }
        });
    }

    private static double evidence(Panel panel, String accent) {
        SliceDetector detector = panel.find(new VersionSlice("v1", Slice.of("accent", accent)));
        return detector == null ? 0 : detector.evidence(Verdict.DISPARITY).orElse(0);
    }

    @Test
    void sliceThatComesBackHasNoClaimToTheTimeItWasAway() {
        Panel panel = new Panel(DetectionSettings.DEFAULT, 1_000, slice -> null);
        Map<CellKey, BucketCell> cells = new HashMap<>();
        label(panel, cells, 0, 2, "irish", "welsh");
        double before = evidence(panel, "irish");
        for (int i = 1; i <= 10; i++) {
            label(panel, cells, 1_000L * i, 10_000, "welsh", "scottish");
        }

        label(panel, cells, 100_000, 2, "irish", "welsh");

        // Of a hundred thousand labels its share would be a third, and T a third of the budget's one.
        assertThat(evidence(panel, "irish")).isCloseTo(before, within(0.001));
        assertThat(evidence(panel, "welsh")).isGreaterThan(0.01);
    }
}
