package dev.lastmile.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.score.Score;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CellTest {

    @Test
    void countsOfPartsAddUpToTheCountsOfTheWholeInAnyOrder() {
        Random random = new Random(4);
        SliceCounts whole = new SliceCounts();
        SliceCounts one = new SliceCounts();
        SliceCounts other = new SliceCounts();
        for (int i = 0; i < 1_000; i++) {
            Score score = new Score(random.nextInt(9), random.nextInt(9), 1, 2, 3, random.nextInt(5) == 0);
            Score after = Score.of(random.nextInt(9), random.nextInt(9));
            long delayMs = random.nextInt(10_000_000);
            boolean corrected = random.nextInt(4) == 0;
            SliceCounts part = random.nextBoolean() ? one : other;
            SliceCounts correctedIn = random.nextBoolean() ? one : other;
            for (SliceCounts counts : new SliceCounts[] {whole, part}) {
                counts.addReceived();
                counts.addFirstLabel(score, delayMs);
            }
            if (corrected) {
                whole.correct(score, after);
                // Elsewhere than the label: a part may be negative.
                correctedIn.correct(score, after);
            }
        }

        SliceCounts forth = sum(one, other);
        SliceCounts back = sum(other, one);

        assertThat(forth).usingRecursiveComparison().isEqualTo(whole);
        assertThat(back).usingRecursiveComparison().isEqualTo(whole);
        assertThat(whole.received()).isEqualTo(1_000);
        assertThat(whole.labelled()).isEqualTo(1_000);
        assertThat(whole.labelDelays().count()).isEqualTo(1_000);
    }

    private static SliceCounts sum(SliceCounts one, SliceCounts other) {
        SliceCounts sum = new SliceCounts();
        sum.add(one);
        sum.add(other);
        return sum;
    }

    @Test
    void anEmptyReferenceIsLabelledAndOutsideTheRatio() {
        SliceCounts counts = new SliceCounts();
        counts.addReceived();
        counts.addFirstLabel(new Score(3, 0, 0, 0, 3, true), 0);

        assertThat(counts.labelled()).isEqualTo(1);
        assertThat(counts.emptyReferences()).isEqualTo(1);
        assertThat(counts.ratio().count()).isZero();
        assertThat(counts.firstScores().count()).isZero();
        assertThat(counts.insertions()).isZero();
    }

    @Test
    void whatWasBetOnIsNotPendingAndWhatComesLaterIs() {
        BucketCell parent = new BucketCell();
        BucketCell cell = new BucketCell();
        label(parent, 0);
        label(parent, 1);
        label(cell, 1);
        assertThat(cell.pendingOfSlice().count()).isEqualTo(1);
        assertThat(cell.pendingOfRest(parent).count()).isEqualTo(1);

        cell.use(parent);
        assertThat(cell.pendingOfSlice().count()).isZero();
        assertThat(cell.pendingOfRest(parent).count()).isZero();

        label(parent, 1);
        label(parent, 1);
        label(cell, 1);
        assertThat(cell.pendingOfSlice().get(20)).isEqualTo(1);
        assertThat(cell.pendingOfRest(parent).get(20)).isEqualTo(1);
    }

    private static void label(BucketCell cell, long errors) {
        cell.counts().addReceived();
        cell.counts().addFirstLabel(Score.of(errors, 1), 0);
    }

    @Test
    void onlyTheNewestBucketsAreKept() {
        RecentBuckets recent = new RecentBuckets();
        for (int bucket = 0; bucket < RecentBuckets.MAX_BUCKETS + 5; bucket++) {
            recent.put(bucket * 1_000L, counts(bucket));
        }

        assertThat(recent.all()).hasSize(RecentBuckets.MAX_BUCKETS);
        assertThat(recent.all().firstKey()).isEqualTo(5_000);
    }

    @Test
    void recentSumsReachBackUntilTheyHoldEnoughLabels() {
        RecentBuckets recent = new RecentBuckets();
        recent.put(0, counts(100));
        recent.put(1_000, counts(7));
        recent.put(2_000, counts(5));

        assertThat(recent.newest(5).labelled()).isEqualTo(5);
        assertThat(recent.newest(6).labelled()).isEqualTo(12);
        assertThat(recent.newest(1_000).labelled()).isEqualTo(112);
        assertThat(recent.between(1_000, 2_000).labelled()).isEqualTo(7);
        assertThat(recent.between(0, 2_001).received()).isEqualTo(112);
    }

    @Test
    void bucketsMayComeInAnyOrder() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            RecentBuckets recent = new RecentBuckets();
            TreeMap<Long, Integer> expected = new TreeMap<>();
            for (int i = 0; i < 200; i++) {
                long startMs = random.nextInt(100);
                int labelled = random.nextInt(20);
                recent.put(startMs, counts(labelled));
                expected.put(startMs, labelled);
                if (expected.size() > RecentBuckets.MAX_BUCKETS) {
                    expected.pollFirstEntry();
                }
                assertThat(recent.newestStartMs()).isEqualTo(expected.lastKey());
            }

            TreeMap<Long, Integer> kept = new TreeMap<>();
            recent.forEach((startMs, sums) -> kept.put(startMs, (int) sums.labelled()));
            assertThat(kept).isEqualTo(expected);
            assertThat(recent.all().keySet()).containsExactlyElementsOf(expected.keySet());
        }
    }

    @Test
    void aBucketThatCannotHoldAnythingNeverGotAnything() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            RecentBuckets recent = new RecentBuckets();
            Set<Long> put = new HashSet<>();
            int unknown = 0;
            for (int i = 0; i < 300; i++) {
                long startMs = random.nextInt(i + 1);
                if (!put.contains(startMs) && recent.mayHold(startMs)) {
                    unknown++;
                }
                assertThat(put.contains(startMs) && !recent.mayHold(startMs)).isFalse();
                recent.put(startMs, counts(1));
                put.add(startMs);
                if (put.size() < RecentBuckets.MAX_BUCKETS) {
                    assertThat(unknown).as("in doubt while all are remembered").isZero();
                }
            }
        }
    }

    @Test
    void aBucketThatIsPutAgainReplacesItself() {
        RecentBuckets recent = new RecentBuckets();
        recent.put(0, counts(3));
        recent.put(0, counts(4));

        assertThat(recent.newest(1).labelled()).isEqualTo(4);
    }

    private static SliceCounts counts(int labelled) {
        SliceCounts counts = new SliceCounts();
        for (int i = 0; i < labelled; i++) {
            counts.addReceived();
            counts.addFirstLabel(Score.of(0, 1), 0);
        }
        return counts;
    }
}
