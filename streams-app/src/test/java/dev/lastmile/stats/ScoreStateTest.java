package dev.lastmile.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreStateTest {

    private static ScoreHistogram random(long seed) {
        Random random = new Random(seed);
        ScoreHistogram scores = new ScoreHistogram();
        for (int bin = 0; bin < ScoreHistogram.BINS; bin += 1 + random.nextInt(4)) {
            scores.add(bin, random.nextInt(1_000_000));
        }
        return scores;
    }

    @Test
    void histogramComesBackAsWritten() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ScoreHistogram written = seed == 0 ? new ScoreHistogram() : random(seed);
            written.writeTo(new DataOutputStream(bytes));

            ScoreHistogram read =
                    ScoreHistogram.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

            assertThat(read).isEqualTo(written);
        }
    }

    @Test
    void momentsAreThoseOfTheHistogramsTheyHold() {
        ScoreMoments moments = new ScoreMoments();
        moments.add(random(1));
        moments.add(random(2));
        ScoreHistogram both = random(1).add(random(2));

        assertThat(moments.count()).isEqualTo(both.count());
        assertThat(moments.mean()).isCloseTo(both.mean(), within(1e-12));
        assertThat(moments.variance()).isCloseTo(both.variance(), within(1e-12));
    }

    @Test
    void momentsWithoutAPartAreThoseOfTheOtherPart() {
        ScoreMoments both = new ScoreMoments();
        both.add(random(1));
        both.add(random(2));
        ScoreMoments part = new ScoreMoments();
        part.add(random(2));

        ScoreMoments left = both.minus(part);

        assertThat(left.count()).isEqualTo(random(1).count());
        assertThat(left.mean()).isCloseTo(random(1).mean(), within(1e-12));
        assertThat(left.variance()).isCloseTo(random(1).variance(), within(1e-12));
        assertThatThrownBy(() -> part.minus(both)).isInstanceOf(IllegalArgumentException.class);
    }
}
