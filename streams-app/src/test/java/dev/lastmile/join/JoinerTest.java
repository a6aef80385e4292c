package dev.lastmile.join;

import static dev.lastmile.join.JoinRig.HORIZON;
import static dev.lastmile.join.JoinRig.MAX_AGE;
import static dev.lastmile.join.JoinRig.NO;
import static dev.lastmile.join.JoinRig.NOON;
import static dev.lastmile.join.JoinRig.WARD;
import static dev.lastmile.join.JoinRig.YES;
import static dev.lastmile.join.JoinRig.truth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Answer;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.JoinOutcome.Reason;
import dev.lastmile.score.Score;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JoinerTest {

    private static final Answer.Nothing NOTHING = new Answer.Nothing();

    @Test
    void theSameInferenceAgainIsADuplicateAndChangesNothing() {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);
        JoinEntry before = rig.entry();

        JoinOutcome again = rig.infer(YES);

        assertThat(again.changes()).isEmpty();
        assertThat(rig.entry()).isEqualTo(before);
        assertThat(rig.get(Disposition.INFERENCE_DUPLICATE)).isEqualTo(1);
    }

    static Stream<Inference> othersOfTheSameId() {
        Map<String, String> scottish = Map.of("accent", "scottish");
        return Stream.of(
                new Inference(WARD, "v2", "i1", NOON, scottish, YES, null, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON + 1, scottish, YES, null, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON, Map.of(), YES, null, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON, Map.of("accent", "welsh"), YES, null, null, Map.of()),
                new Inference(
                        WARD, "v1", "i1", NOON, Map.of("accent", "scottish", "x", "y"), YES, null, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON, scottish, NO, null, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON, scottish, new Answer.Transcript("yes"), null, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON, scottish, NOTHING, null, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON, scottish, YES, 0.5, null, Map.of()),
                new Inference(WARD, "v1", "i1", NOON, scottish, YES, null, "s1", Map.of()),
                new Inference(WARD, "v1", "i1", NOON, scottish, YES, null, "null", Map.of()),
                new Inference(WARD, "v1", "i1", NOON, scottish, YES, null, null, Map.of("v0", YES)));
    }

    @ParameterizedTest
    @MethodSource("othersOfTheSameId")
    void anInferenceThatDiffersInAnyFieldIsAConflictAndTheFirstStands(Inference other) {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);
        JoinEntry before = rig.entry();

        JoinOutcome outcome = rig.infer(other);

        assertThat(outcome.changes()).isEmpty();
        assertThat(rig.entry()).isEqualTo(before);
        assertThat(rig.get(Disposition.INFERENCE_CONFLICTING)).isEqualTo(1);
    }

    @Test
    void aTruthObservedExactlyAtTheHorizonIsInTime() {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);

        rig.learn(truth(NO, 0, HORIZON));

        assertThat(rig.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
        assertThat(rig.counts().ratio().errors()).isEqualTo(1);
    }

    @Test
    void aTruthObservedOneMillisecondAfterTheHorizonIsTooLate() {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);

        rig.learn(truth(NO, 0, HORIZON.plusMillis(1)));

        assertThat(rig.get(Disposition.TRUTH_TOO_LATE)).isEqualTo(1);
        assertThat(rig.get(Disposition.INFERENCE_WAITING)).isEqualTo(1);
    }

    @Test
    void latenessIsJudgedByTheTruthAndNotByWhenItCame() {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);

        rig.learn(truth(NO, 0, HORIZON), NOON + HORIZON.plus(MAX_AGE).toMillis());

        assertThat(rig.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
    }

    @Test
    void aLateTruthIsTooLateWhateverElseItIs() {
        JoinRig rig = JoinRig.ofLabels();
        Duration late = HORIZON.plusSeconds(1);
        rig.infer(YES);
        rig.learn(NO, 1);

        rig.learn(truth(NO, 1, late)); // else a duplicate
        rig.learn(truth(YES, 1, late)); // else a conflict
        rig.learn(truth(YES, 2, late)); // else a correction
        rig.learn(truth(YES, 0, late)); // else superseded

        assertThat(rig.get(Disposition.TRUTH_TOO_LATE)).isEqualTo(4);
        assertThat(rig.counts().ratio().errors()).isEqualTo(1);
    }

    @Test
    void aTruthKnownBeforeTheInferenceOccurredIsInTimeWithNoDelay() {
        JoinRig rig = JoinRig.ofLabels();
        rig.learn(truth(NO, 0, Duration.ofDays(-3)));

        rig.infer(YES);

        assertThat(rig.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
        assertThat(rig.counts().labelDelays().get(0)).isEqualTo(1);
    }

    @Test
    void theHighestRevisionStandsWhateverTheOrder() {
        JoinRig rising = JoinRig.ofLabels();
        rising.infer(YES);
        rising.learn(NO, 0);
        rising.learn(YES, 7);

        JoinRig falling = JoinRig.ofLabels();
        falling.infer(YES);
        falling.learn(YES, 7);
        falling.learn(NO, 0);

        assertThat(rising.known().standingRevision()).isEqualTo(7);
        assertThat(falling.known().standingRevision()).isEqualTo(7);
        assertThat(rising.counts().ratio().errors()).isZero();
        assertThat(falling.counts().ratio().errors()).isZero();
        assertThat(rising.get(Disposition.TRUTH_CORRECTION_APPLIED)).isEqualTo(1);
        assertThat(falling.get(Disposition.TRUTH_SUPERSEDED)).isEqualTo(1);
    }

    @Test
    void theSameRevisionAgainIsADuplicateOrAConflictAndTheFirstStays() {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);
        rig.learn(NO, 3);

        rig.learn(truth(NO, 3, Duration.ofHours(5)));
        rig.learn(YES, 3);

        assertThat(rig.get(Disposition.TRUTH_DUPLICATE)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_CONFLICTING)).isEqualTo(1);
        assertThat(rig.counts().ratio().errors()).isEqualTo(1);
        assertThat(rig.counts().labelled()).isEqualTo(1);
    }

    @Test
    void aSupersededRevisionThatComesAgainIsADuplicateToo() {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);
        rig.learn(NO, 3);
        rig.learn(YES, 1);

        rig.learn(YES, 1);
        rig.learn(NO, 1);

        assertThat(rig.get(Disposition.TRUTH_DUPLICATE)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_CONFLICTING)).isEqualTo(1);
    }

    @Test
    void truthsThatCameFirstAreTakenInTheirOrderOnceTheInferenceComes() {
        JoinRig rig = JoinRig.ofLabels();
        rig.learn(NO, 1);
        rig.learn(YES, 0);
        rig.learn(NO, 1);
        rig.learn(YES, 1);
        rig.learn(truth(YES, 2, HORIZON.plusMillis(1)));
        rig.learn(YES, 3);
        assertThat(rig.get(Disposition.TRUTH_WAITING)).isEqualTo(6);

        rig.infer(YES);

        assertThat(rig.get(Disposition.TRUTH_WAITING)).isZero();
        assertThat(rig.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_SUPERSEDED)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_DUPLICATE)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_CONFLICTING)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_TOO_LATE)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_CORRECTION_APPLIED)).isEqualTo(1);
        assertThat(rig.counts().ratio().errors()).isZero();
    }

    @Test
    void aCorrectionTakesBackExactlyWhatWasCounted() {
        JoinRig rig = JoinRig.ofWords(true);
        rig.infer(new Answer.Transcript("the cat sat on a mat"));
        List<Change> first = List.copyOf(
                rig.learn(new Answer.Transcript("the cat sat on the mat"), 0).changes());
        List<Change> second =
                List.copyOf(rig.learn(new Answer.Transcript(""), 1).changes());
        List<Change> third = List.copyOf(rig.learn(new Answer.Transcript("the cat sat on a mat today"), 2)
                .changes());

        Score one = new Score(1, 6, 1, 0, 0, false);
        Score empty = new Score(6, 0, 0, 0, 6, true);
        Score last = new Score(1, 7, 0, 1, 0, false);
        assertThat(first).singleElement().satisfies(change -> assertThat(((Change.Labelled) change).score())
                .isEqualTo(one));
        assertThat(second).singleElement().satisfies(change -> {
            assertThat(((Change.Corrected) change).before()).isEqualTo(one);
            assertThat(((Change.Corrected) change).after()).isEqualTo(empty);
        });
        assertThat(third).singleElement().satisfies(change -> {
            assertThat(((Change.Corrected) change).before()).isEqualTo(empty);
            assertThat(((Change.Corrected) change).after()).isEqualTo(last);
        });
        assertThat(rig.counts().ratio().errors()).isEqualTo(1);
        assertThat(rig.counts().ratio().trials()).isEqualTo(7);
        assertThat(rig.counts().ratio().count()).isEqualTo(1);
        assertThat(rig.counts().deletions()).isEqualTo(1);
        assertThat(rig.counts().substitutions() + rig.counts().insertions()).isZero();
        assertThat(rig.counts().emptyReferences()).isZero();
        assertThat(rig.counts().labelled()).isEqualTo(1);
        assertThat(rig.counts().firstScores().count()).isEqualTo(1);
    }

    @Test
    void withCorrectionsTheTextIsKeptAndWithoutItIsDroppedOnceScored() {
        JoinRig with = JoinRig.ofWords(true);
        JoinRig without = JoinRig.ofWords(false);
        for (JoinRig rig : List.of(with, without)) {
            rig.infer(new Answer.Transcript("secret words"));
            rig.learn(new Answer.Transcript("secret word"), 0);
        }

        assertThat(with.known().output()).isEqualTo(new Answer.Transcript("secret words"));
        assertThat(without.known().output()).isNull();
    }

    @Test
    void withoutCorrectionsALaterTextIsRefusedAndLaterCountsStillCount() {
        JoinRig rig = JoinRig.ofWords(false);
        rig.infer(new Answer.Transcript("secret words"));
        rig.learn(new Answer.Transcript("secret word"), 0);

        rig.learn(new Answer.Transcript("secret words"), 1);
        rig.learn(new Answer.ErrorCounts(2, 9), 2);

        assertThat(rig.refusals()).extracting(JoinOutcome.Refusal::reason).containsExactly(Reason.CORRECTIONS_OFF);
        assertThat(rig.get(Disposition.TRUTH_CORRECTION_APPLIED)).isEqualTo(1);
        assertThat(rig.counts().ratio().trials()).isEqualTo(9);
    }

    @Test
    void countsInTheInferenceLabelItAtOnceAndATruthCorrectsThem() {
        JoinRig rig = JoinRig.ofWords(true);
        rig.infer(new Answer.ErrorCounts(3, 10));
        assertThat(rig.counts().ratio().errors()).isEqualTo(3);
        assertThat(rig.get(Disposition.INFERENCE_JOINED)).isEqualTo(1);
        assertThat(rig.known().standingRevision()).isEqualTo(KnownInference.SELF_SCORED);

        rig.learn(new Answer.ErrorCounts(4, 10), 0);

        assertThat(rig.get(Disposition.TRUTH_CORRECTION_APPLIED)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_JOINED)).isZero();
        assertThat(rig.counts().ratio().errors()).isEqualTo(4);
        assertThat(rig.counts().labelled()).isEqualTo(1);
    }

    @Test
    void anOutputThatStayedAtHomeNeedsCountsAndTextIsNotScorable() {
        JoinRig rig = JoinRig.ofWords(true);
        rig.infer(NOTHING);

        rig.learn(new Answer.Transcript("what was said"), 0);
        assertThat(rig.get(Disposition.INFERENCE_WAITING)).isEqualTo(1);
        rig.learn(new Answer.ErrorCounts(1, 3), 0);

        assertThat(rig.refusals()).extracting(JoinOutcome.Refusal::reason).containsExactly(Reason.NOT_SCORABLE);
        assertThat(rig.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
    }

    @Test
    void aRefusedTruthThatComesAgainIsADuplicateAndNotASecondDeadLetter() {
        JoinRig known = JoinRig.ofWords(true);
        known.infer(NOTHING);
        known.learn(new Answer.Transcript("what was said"), 0);
        known.learn(new Answer.Transcript("what was said"), 0);

        JoinRig parked = JoinRig.ofWords(true);
        parked.learn(new Answer.Transcript("what was said"), 0);
        parked.learn(new Answer.Transcript("what was said"), 0);
        parked.infer(NOTHING);

        assertThat(known.ledger()).isEqualTo(parked.ledger());
        assertThat(known.refusals()).hasSize(1);
        assertThat(known.get(Disposition.TRUTH_DUPLICATE)).isEqualTo(1);
    }

    @Test
    void moreRevisionsThanAreKeptAreRefusedAndThoseKeptStillJudged() {
        JoinRig rig = JoinRig.ofLabels();
        rig.infer(YES);
        for (int revision = 0; revision < Joiner.MAX_REVISIONS; revision++) {
            rig.learn(NO, revision);
        }

        rig.learn(YES, Joiner.MAX_REVISIONS);
        rig.learn(NO, 3);
        rig.learn(YES, 3);

        assertThat(rig.refusals()).extracting(JoinOutcome.Refusal::reason).containsExactly(Reason.TOO_MANY_REVISIONS);
        assertThat(rig.counts().ratio().errors()).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_DUPLICATE)).isEqualTo(1);
        assertThat(rig.get(Disposition.TRUTH_CONFLICTING)).isEqualTo(1);
    }

    @Test
    void moreTruthsThanMayWaitAreRefusedAndCopiesOfThoseThatWaitAreNot() {
        JoinRig rig = JoinRig.ofLabels();
        for (int revision = 0; revision < JoinEntry.Parked.MAX_PARKED; revision++) {
            rig.learn(NO, revision);
        }

        rig.learn(NO, 99);
        rig.learn(NO, 5);

        assertThat(rig.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.truth().revision()).isEqualTo(99));
        assertThat(rig.get(Disposition.TRUTH_WAITING)).isEqualTo(JoinEntry.Parked.MAX_PARKED + 1);
    }

    @Test
    void anUnlabelledInferenceExpiresAndALabelledOneIsOnlyForgotten() {
        JoinRig unlabelled = JoinRig.ofLabels();
        unlabelled.infer(YES);
        JoinRig labelled = JoinRig.ofLabels();
        labelled.infer(YES);
        labelled.learn(NO, 0);

        unlabelled.expire();
        labelled.expire();

        assertThat(unlabelled.get(Disposition.INFERENCE_EXPIRED)).isEqualTo(1);
        assertThat(unlabelled.get(Disposition.INFERENCE_WAITING)).isZero();
        assertThat(labelled.get(Disposition.INFERENCE_EXPIRED)).isZero();
        assertThat(labelled.get(Disposition.INFERENCE_JOINED)).isEqualTo(1);
    }

    @Test
    void truthsWhoseInferenceNeverCameExpireWithTheirCopies() {
        JoinRig rig = JoinRig.ofLabels();
        rig.learn(YES, 0);
        rig.learn(YES, 0);
        rig.learn(NO, 1);

        rig.expire();

        assertThat(rig.get(Disposition.TRUTH_EXPIRED)).isEqualTo(3);
        assertThat(rig.get(Disposition.TRUTH_WAITING)).isZero();
    }

    @Test
    void anEntryIsKeptForAsLongAsAPartnerInTimeCanBeAppended() {
        JoinRig known = JoinRig.ofLabels();
        known.infer(YES);
        JoinRig parked = JoinRig.ofLabels();
        parked.learn(truth(YES, 0), NOON + 5_000);
        parked.learn(truth(YES, 0), NOON + 2_000);

        long keep = HORIZON.plus(MAX_AGE).toMillis();
        assertThat(known.entry().deadlineMs()).isEqualTo(NOON + keep);
        assertThat(parked.entry().deadlineMs()).isEqualTo(NOON + 5_000 + keep);
    }

    @Test
    void theEndOfTimeIsADeadlineAndNotAFailure() {
        JoinRig rig = JoinRig.ofLabels();
        rig.learn(new GroundTruth(WARD, "i1", Long.MAX_VALUE - 1, YES, 0), Long.MAX_VALUE - 1);
        assertThat(rig.entry().deadlineMs()).isEqualTo(Long.MAX_VALUE);

        rig.infer(new Inference(WARD, "v1", "i1", Long.MAX_VALUE - 1, Map.of(), YES, null, null, Map.of()));

        assertThat(rig.get(Disposition.TRUTH_JOINED)).isEqualTo(1);
    }
}
