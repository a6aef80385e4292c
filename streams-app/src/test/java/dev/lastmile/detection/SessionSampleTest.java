package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.stats.ScoreMoments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionSampleTest {

    private static final SessionWeighting ESTIMATED = new SessionWeighting.Estimated();

    private static ScoreMoments scores(int... bins) {
        ScoreMoments scores = new ScoreMoments();
        for (int bin : bins) {
            scores.add(bin);
        }
        return scores;
    }

    /** Sessions of four whose scores are all alike. */
    private static SessionSample alike(int sessions) {
        Random random = new Random(7);
        SessionSample sample = new SessionSample(SessionSample.KEPT);
        for (int i = 0; i < sessions; i++) {
            int bin = random.nextInt(21);
            sample.add(random.nextInt(), scores(bin, bin, bin, bin));
            sample.count(4);
        }
        return sample;
    }

    @Test
    void withoutSessionsAnInferenceCountsWhole() {
        assertThat(new SessionSample(SessionSample.KEPT).weight(ESTIMATED, 1_000))
                .isEqualTo(1);
    }

    @Test
    void untilEnoughSessionsAreKnownAnInferenceCountsHalf() {
        assertThat(alike(2).weight(ESTIMATED, 8)).isEqualTo(0.5);
    }

    @Test
    void sessionsOfFourThatAreAlikeCountAsOneInference() {
        double weight = alike(1_200).weight(ESTIMATED, 4_800);

        assertThat(weight).as("deff = 4, and a standard error of caution").isBetween(0.2, 0.25);
        assertThat(alike(1_200).weight(new SessionWeighting.Independent(), 4_800))
                .isEqualTo(1);
    }

    @Test
    void labelsOfNoSessionMakeTheWeightLarger() {
        assertThat(alike(1_200).weight(ESTIMATED, 48_000))
                .isCloseTo(1 / (1 + 0.1 * (1 / alike(1_200).weight(ESTIMATED, 4_800) - 1)), within(1e-12));
    }

    @Test
    void largestSessionIsWhatWasDeclaredOrSeen() {
        assertThat(alike(100).weight(new SessionWeighting.Largest(2), 400)).isEqualTo(0.25);
        assertThat(alike(100).weight(new SessionWeighting.Largest(10), 400)).isEqualTo(0.1);
    }

    @Test
    void sampleStaysBoundedAndHoldsItsSessionsWhole() {
        SessionSample sample = new SessionSample(8);
        for (int round = 0; round < 3; round++) {
            for (int session = 1; session <= 1_000; session++) {
                sample.add(session, scores(5));
            }
        }

        assertThat(sample.sessions()).hasSizeBetween(1, 8);
        assertThat(sample.sessions().values()).extracting(ScoreMoments::count).containsOnly(3L);
    }

    @Test
    void samplesOfTwoTasksMakeTheSampleOfBoth() {
        SessionSample both = new SessionSample(SessionSample.KEPT);
        SessionSample one = new SessionSample(8);
        SessionSample other = new SessionSample(SessionSample.IN_TRANSIT);
        for (int session = 1; session <= 200; session++) {
            both.add(session, scores(5, 7));
            one.add(session, scores(5));
            other.add(session, scores(7));
        }

        SessionSample merged = new SessionSample(SessionSample.KEPT);
        merged.add(one);
        merged.add(other);

        assertThat(merged.level()).isEqualTo(one.level()).isGreaterThan(other.level());
        assertThat(merged.sessions()).isNotEmpty().allSatisfy((session, scores) -> assertThat(scores)
                .usingRecursiveComparison()
                .isEqualTo(both.sessions().get(session)));
    }

    @Test
    void stateReadsBackAsItWas() throws IOException {
        SessionSample sample = alike(5_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sample.writeTo(new DataOutputStream(bytes));

        SessionSample read = SessionSample.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), SessionSample.KEPT);

        assertThat(read).usingRecursiveComparison().isEqualTo(sample);
    }
}
