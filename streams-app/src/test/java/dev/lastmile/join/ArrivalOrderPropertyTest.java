package dev.lastmile.join;

import static dev.lastmile.join.JoinRig.HORIZON;
import static dev.lastmile.join.JoinRig.NO;
import static dev.lastmile.join.JoinRig.YES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Answer;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.score.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Truths keep their order; when the inference comes among them must not matter. */
class ArrivalOrderPropertyTest {

    private static final int CASES = 3_000;

    @Test
    void whenTheInferenceComesAmongItsTruthsChangesNeitherStatisticsNorLedger() {
        Random random = new Random(2026);
        for (int number = 0; number < CASES; number++) {
            boolean corrections = random.nextBoolean();
            Answer output = anyOf(random, YES, NO, new Answer.Nothing(), new Answer.ErrorCounts(1, 1));
            List<GroundTruth> truths = truths(random);

            JoinRig first = run(corrections, output, truths, 0);
            for (int position = 1; position <= truths.size(); position++) {
                JoinRig later = run(corrections, output, truths, position);
                String about = "case " + number + ", inference at " + position + " of " + truths + ", output " + output
                        + ", corrections " + corrections;
                assertThat(later.ledger()).as(about).isEqualTo(first.ledger());
                assertThat(later.statistics()).as(about).isEqualTo(first.statistics());
                assertThat(reasons(later)).as(about).isEqualTo(reasons(first));
                assertThat(later.entry()).as(about).isEqualTo(first.entry());
            }
        }
    }

    @Test
    void theLabelThatStandsIsThatOfTheHighestRevisionInTimeWhateverTheOrderOfTruths() {
        Random random = new Random(7);
        for (int number = 0; number < CASES; number++) {
            List<GroundTruth> truths = new ArrayList<>();
            for (int revision = 0; revision < 1 + random.nextInt(6); revision++) {
                Duration after = random.nextInt(5) == 0 ? HORIZON.plusMillis(1) : Duration.ofHours(revision);
                truths.add(JoinRig.truth(random.nextBoolean() ? YES : NO, revision, after));
            }
            long expectedErrors = truths.stream()
                    .filter(truth -> truth.observedAtMs() - JoinRig.NOON <= HORIZON.toMillis())
                    .reduce((earlier, later) -> later)
                    .map(truth -> truth.truth().equals(YES) ? 0L : 1L)
                    .orElse(0L);
            java.util.Collections.shuffle(truths, random);

            JoinRig rig = run(true, YES, truths, random.nextInt(truths.size() + 1));

            assertThat(rig.counts().ratio().errors()).as("case " + number).isEqualTo(expectedErrors);
            assertThat(rig.get(Disposition.TRUTH_WAITING)).isZero();
        }
    }

    private static JoinRig run(boolean corrections, Answer output, List<GroundTruth> truths, int position) {
        JoinRig rig = new JoinRig(Metric.ERROR_RATE, corrections);
        for (int i = 0; i <= truths.size(); i++) {
            if (i == position) {
                rig.infer(output);
            }
            if (i < truths.size()) {
                rig.learn(truths.get(i));
            }
        }
        return rig;
    }

    private static List<GroundTruth> truths(Random random) {
        List<GroundTruth> truths = new ArrayList<>();
        int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            Answer answer = anyOf(random, YES, NO, YES, new Answer.ErrorCounts(1, 1), new Answer.ErrorCounts(0, 1));
            Duration after =
                    anyOf(random, Duration.ofHours(-1), Duration.ofHours(2), Duration.ofDays(3), HORIZON.plusMillis(1));
            truths.add(JoinRig.truth(answer, random.nextInt(4), after));
        }
        return truths;
    }

    private static List<String> reasons(JoinRig rig) {
        return rig.refusals().stream()
                .map(refusal -> refusal.reason() + "@" + refusal.truth().revision())
                .sorted()
                .toList();
    }

    @SafeVarargs
    private static <T> T anyOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
