package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoveragePanelTest {

    private static final Slice SCOTTISH = Slice.of("accent", "scottish");
    private static final Slice WELSH = Slice.of("accent", "welsh");
    private static final long BUCKET_MS = 3_600_000;

    private final Random random = new Random(1);
    private final Map<CellKey, BucketCell> cells = new HashMap<>();
    private CoveragePanel panel = new CoveragePanel(DetectionSettings.DEFAULT, BUCKET_MS);
    private long bucketStartMs;

    private static void count(SliceCounts counts, boolean labelled) {
        counts.addReceived();
        if (labelled) {
            counts.addFirstLabel(Score.of(0, 1), 1_000);
        }
    }

    /** Buckets of 200 inferences, a tenth of them scottish; each is labelled with the probability of its accent. */
    private List<Sighting> look(int buckets, double scottish, double welsh) {
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            Map<Slice, SliceCounts> bucket = new TreeMap<>();
            for (int n = 0; n < 200; n++) {
                Slice accent = n % 10 == 0 ? SCOTTISH : WELSH;
                boolean labelled = random.nextDouble() < (n % 10 == 0 ? scottish : welsh);
                count(bucket.computeIfAbsent(Slice.OVERALL, any -> new SliceCounts()), labelled);
                count(bucket.computeIfAbsent(accent, any -> new SliceCounts()), labelled);
            }
            bucket.forEach((slice, counts) -> cells.computeIfAbsent(
                            new CellKey("v1", bucketStartMs, slice), any -> new BucketCell())
                    .counts()
                    .add(counts));
            sightings.addAll(
                    panel.look("v1", bucketStartMs, bucket, 1, key -> cells.getOrDefault(key, new BucketCell())));
            bucketStartMs += BUCKET_MS;
        }
        return sightings;
    }

    @Test
    void coverageOfOneSliceThatFallsIsNamedWithWhatItWas() {
        look(60, 0.8, 0.85);

        List<Sighting> sightings = look(60, 0.45, 0.85);

        Sighting first = sightings.get(0);
        assertThat(first.at().slice()).isEqualTo(SCOTTISH);
        assertThat(first.finding().verdict()).isEqualTo(Verdict.LABEL_COVERAGE);
        assertThat(first.finding().change()).isEqualTo(Change.FIRED);
        assertThat(first.finding().effect().size()).isBetween(0.2, 0.5);
        assertThat(first.finding().effect().baselineCoverage()).isBetween(0.75, 0.85);
        assertThat(sightings).extracting(sighting -> sighting.at().slice()).containsOnly(SCOTTISH);
    }

    @Test
    void coverageThatFallsForAllAlikeIsNoNews() {
        look(60, 0.8, 0.85);

        assertThat(look(300, 0.4, 0.45)).isEmpty();
    }

    @Test
    void alarmEndsOnceTheLabelsComeAgain() {
        look(60, 0.8, 0.8);
        look(60, 0.3, 0.8);

        assertThat(look(200, 0.8, 0.8))
                .extracting(sighting -> sighting.finding().change())
                .contains(Change.CLEARED)
                .doesNotContain(Change.FIRED);
    }

    @Test
    void stateReadsBackAsItWasWhetherLearningOrWatching() throws IOException {
        look(10, 0.8, 0.8);
        restart();
        look(50, 0.8, 0.8);
        restart();
        List<Sighting> fell = look(60, 0.3, 0.8);
        restart();

        assertThat(fell).extracting(sighting -> sighting.finding().change()).contains(Change.FIRED);
        assertThat(look(200, 0.8, 0.8))
                .extracting(sighting -> sighting.finding().change())
                .contains(Change.CLEARED);
    }

    private void restart() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        panel.writeTo(new DataOutputStream(bytes));
        panel = CoveragePanel.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                DetectionSettings.DEFAULT,
                BUCKET_MS);
    }
}
