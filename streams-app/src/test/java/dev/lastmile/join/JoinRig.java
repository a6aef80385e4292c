package dev.lastmile.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Normalisation;
import dev.lastmile.score.Scorer;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.Slicing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The entry of one inference id, all that was counted about it, and the identities checked after every step. */
@NullMarked
final class JoinRig {

    static final DeploymentId WARD = new DeploymentId("st-marys", "ward-7");
    static final long NOON = 1_772_452_800_000L;
    static final Duration HORIZON = Duration.ofDays(14);
    static final Duration MAX_AGE = Duration.ofDays(7);
    static final Answer YES = new Answer.Label("yes");
    static final Answer NO = new Answer.Label("no");

    private final Joiner joiner;
    private final Ledger ledger = new Ledger();
    private final SliceCounts counts = new SliceCounts();
    private final List<JoinOutcome.Refusal> refusals = new ArrayList<>();
    private @Nullable JoinEntry entry;
    private long inferencesSent;
    private long truthsSent;

    JoinRig(Metric metric, boolean corrections) {
        joiner = new Joiner(
                WARD,
                new Scorer(metric, Normalisation.DEFAULT, "yes", 1),
                new Slicing(List.of("accent"), List.of()),
                HORIZON,
                MAX_AGE,
                corrections);
    }

    static JoinRig ofLabels() {
        return new JoinRig(Metric.ERROR_RATE, true);
    }

    static JoinRig ofWords(boolean corrections) {
        return new JoinRig(Metric.WORD_ERROR_RATE, corrections);
    }

    static Inference inference(Answer output) {
        return new Inference(WARD, "v1", "i1", NOON, Map.of("accent", "scottish"), output, null, null, Map.of());
    }

    static GroundTruth truth(Answer truth, int revision, Duration afterInference) {
        return new GroundTruth(WARD, "i1", NOON + afterInference.toMillis(), truth, revision);
    }

    static GroundTruth truth(Answer truth, int revision) {
        return truth(truth, revision, Duration.ofHours(1));
    }

    JoinOutcome infer(Answer output) {
        return infer(inference(output));
    }

    JoinOutcome infer(Inference inference) {
        inferencesSent++;
        return step(joiner.infer(entry, inference));
    }

    JoinOutcome learn(Answer answer, int revision) {
        return learn(truth(answer, revision));
    }

    JoinOutcome learn(GroundTruth truth) {
        return learn(truth, truth.observedAtMs());
    }

    JoinOutcome learn(GroundTruth truth, long appendMs) {
        truthsSent++;
        return step(joiner.learn(entry, truth, appendMs, truthsSent));
    }

    void expire() {
        ledger.add(Joiner.expired(entry().waiting()));
        entry = null;
        checkIdentities();
    }

    private JoinOutcome step(JoinOutcome outcome) {
        entry = outcome.entry();
        ledger.add(outcome.ledger());
        refusals.addAll(outcome.refusals());
        outcome.changes().forEach(this::count);
        checkIdentities();
        return outcome;
    }

    private void count(Change change) {
        if (change instanceof Change.Labelled labelled) {
            counts.addFirstLabel(labelled.score(), labelled.delayMs());
        } else if (change instanceof Change.Corrected corrected) {
            counts.correct(corrected.before(), corrected.after());
        } else {
            counts.addReceived();
        }
    }

    /** See {@link Ledger}. */
    private void checkIdentities() {
        assertThat(ledger.asMap().values()).allMatch(count -> count >= 0);
        assertThat(ledger.inferencesReceived()).isEqualTo(inferencesSent);
        assertThat(ledger.truthsReceived()).isEqualTo(truthsSent);
        assertThat(get(Disposition.INFERENCE_JOINED)
                        + get(Disposition.INFERENCE_WAITING)
                        + get(Disposition.INFERENCE_EXPIRED))
                .isEqualTo(counts.received());
        assertThat(counts.labelled()).isEqualTo(get(Disposition.INFERENCE_JOINED));
        assertThat(get(Disposition.TRUTH_DEAD_LETTERED)).isEqualTo(refusals.size());
        assertThat(refusals).extracting(refusal -> refusal.truth().offset()).doesNotHaveDuplicates();
    }

    JoinEntry entry() {
        if (entry == null) {
            throw new AssertionError("nothing is kept");
        }
        return entry;
    }

    KnownInference known() {
        return ((JoinEntry.Known) entry()).inference();
    }

    Ledger ledger() {
        return ledger;
    }

    long get(Disposition disposition) {
        return ledger.get(disposition);
    }

    List<JoinOutcome.Refusal> refusals() {
        return refusals;
    }

    SliceCounts counts() {
        return counts;
    }

    /** All statistics as one comparable value. */
    List<Object> statistics() {
        return List.of(
                counts.received(),
                counts.labelled(),
                counts.emptyReferences(),
                counts.substitutions() + "/" + counts.deletions() + "/" + counts.insertions(),
                counts.ratio().count(),
                counts.ratio().errors(),
                counts.ratio().trials(),
                counts.ratio().errorsSquared(),
                counts.firstScores(),
                delays());
    }

    private List<Long> delays() {
        List<Long> bins = new ArrayList<>();
        for (int bin = 0; bin < dev.lastmile.stats.DelayHistogram.BINS; bin++) {
            bins.add(counts.labelDelays().get(bin));
        }
        return bins;
    }
}
