package dev.lastmile.topology;

import dev.lastmile.alert.AlertContext;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineLearning;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.Reference;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a deployment's baseline: the one in force, the one being learned, and the trail of those that were.
 *
 * <p>The newest word counts, be it a command's or that of a plan that has changed in the configuration. What was in force
 * stays so until what comes after it is frozen.
 */
final class BaselineKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(BaselineKeeper.class);
    private static final String POLICY = "policy";

    private final DeploymentId deployment;
    private final DeploymentPolicy policy;
    private final DeploymentStore store;
    private final DeploymentStatistics statistics;
    private final String fingerprint;
    private final BaselineBook book;
    private @Nullable Baseline baseline;
    private @Nullable BaselineDraft draft;

    BaselineKeeper(
            DeploymentId deployment, DeploymentPolicy policy, DeploymentStore store, DeploymentStatistics statistics) {
        this.deployment = deployment;
        this.policy = policy;
        this.store = store;
        this.statistics = statistics;
        fingerprint = policy.baseline().fingerprint();
        book = store.read(Part.BASELINES, BaselineBook::readFrom).orElseGet(BaselineBook::new);
        baseline = store.read(Part.BASELINE, Baseline::readFrom).orElse(null);
        draft = store.read(Part.LEARNING, in -> BaselineDraft.readFrom(in, this::countedSinceTheDraft))
                .orElse(null);
    }

    private BaselineLearning countedSinceTheDraft() {
        BaselineLearning counted = statistics.sums();
        store.read(Part.BEFORE_LEARNING, BaselineLearning::readFrom).ifPresent(counted::subtract);
        return counted;
    }

    /** The frozen baseline's version; absent while there is none. */
    @Nullable
    String version() {
        return baseline == null ? null : baseline.version();
    }

    /** The frozen baseline. */
    @Nullable
    Baseline baseline() {
        return baseline;
    }

    /** What the frozen baseline holds of a slice. */
    AlertContext.Counted countedOf(@Nullable Slice slice) {
        SliceBaseline its =
                baseline == null || slice == null ? null : baseline.slices().get(slice);
        return its == null
                ? AlertContext.Counted.NOTHING
                : new AlertContext.Counted(its.received(), its.labelled(), its.errors(), its.trials());
    }

    @Nullable
    Reference referenceFor(Slice slice) {
        return baseline == null
                ? null
                : baseline.referenceFor(slice, policy.detection().minimumBaseline())
                        .orElse(null);
    }

    /**
     * Turns to the plan of the policy, unless that is the plan it turned to last: a command since then outranks it.
     *
     * @param atMs processing clock
     */
    void follow(long atMs) {
        if (!book.turnsTo(fingerprint)) {
            return;
        }
        BaselinePlan plan = policy.baseline();
        if (plan instanceof BaselinePlan.Learned learned) {
            draft(learned, POLICY);
        } else if (plan instanceof BaselinePlan.Given given) {
            enforce(given.baseline(), POLICY, atMs);
        } else {
            baseline = null;
            store.delete(Part.BASELINE);
            dropDraft();
        }
        store.write(Part.BASELINES, book::writeTo);
    }

    /**
     * Obeys a command, or counts why not.
     *
     * @param keptFromMs no bucket that starts at this time or later was forgotten
     * @return whether another baseline is in force now
     */
    boolean obey(BaselineCommand command, long keptFromMs) {
        if (command instanceof BaselineCommand.Import imported) {
            enforce(imported.card(), words(imported.by()), imported.atMs());
            return true;
        }
        if (command instanceof BaselineCommand.Relearn relearn) {
            BaselinePlan plan = relearn.plan() == null ? policy.baseline() : relearn.plan();
            if (plan instanceof BaselinePlan.Given given) {
                enforce(given.baseline(), words(relearn.by()), relearn.atMs());
                return true;
            } else if (!(plan instanceof BaselinePlan.Learned learned)) {
                refuse(CommandRefusal.NO_PLAN);
            } else if (learned instanceof BaselinePlan.Range range && range.fromMs() < keptFromMs) {
                refuse(CommandRefusal.RANGE_FORGOTTEN);
            } else {
                draft(learned, words(relearn.by()));
            }
        } else if (command instanceof BaselineCommand.Refused refused) {
            refuse(refused.refusal());
        }
        return false;
    }

    private static String words(String by) {
        return "command by " + by;
    }

    private void refuse(CommandRefusal refusal) {
        refuse(refusal, deployment, book, store);
    }

    /** Counts a command that is not obeyed, and says so. */
    static void refuse(CommandRefusal refusal, DeploymentId deployment, BaselineBook book, DeploymentStore store) {
        book.refuse(refusal);
        store.write(Part.BASELINES, book::writeTo);
        LOG.atWarn()
                .addKeyValue("deployment", deployment)
                .addKeyValue("reason", refusal)
                .addKeyValue("because", refusal.explanation())
                .log("A command was not obeyed");
    }

    /** Starts to learn. What a range holds already is taken from the buckets that are kept. */
    private void draft(BaselinePlan.Learned plan, String setBy) {
        BaselineDraft begun = new BaselineDraft(plan, setBy);
        if (plan instanceof BaselinePlan.Range) {
            store.eachCell(
                    (key, cell) -> begun.add(key, cell.counts(), policy.bucket().toMillis()));
        }
        dropDraft();
        draft = begun;
        store.write(Part.LEARNING, begun::writeTo);
        if (begun.takesAll()) {
            store.write(Part.BEFORE_LEARNING, statistics.sums()::writeTo);
        }
        LOG.atInfo()
                .addKeyValue("deployment", deployment)
                .addKeyValue("plan", plan)
                .addKeyValue("setBy", setBy)
                .log("A baseline is being learned");
    }

    /**
     * Learns from a batch, if there is something to learn.
     *
     * @param weight how much of one labelled inference each counts as
     * @return whether a baseline was frozen just now, the batch being the last part of it
     */
    boolean learn(Map<CellKey, SliceCounts> batch, double weight, long clockMs) {
        BaselineDraft learning = draft;
        if (learning == null) {
            return false;
        }
        boolean toWrite = false;
        for (Map.Entry<CellKey, SliceCounts> entry : batch.entrySet()) {
            toWrite |= learning.add(
                    entry.getKey(), entry.getValue(), policy.bucket().toMillis());
        }
        if (learning.isComplete(clockMs)) {
            enforce(learning.freeze(1 / weight, clockMs), learning.setBy(), clockMs);
            return true;
        }
        if (toWrite) {
            store.write(Part.LEARNING, learning::writeTo);
        }
        return false;
    }

    private void enforce(Baseline next, String setBy, long atMs) {
        baseline = next;
        store.write(Part.BASELINE, next::writeTo);
        dropDraft();
        book.trail().add(next, setBy, atMs);
        store.write(Part.BASELINES, book::writeTo);
        long needed = policy.detection().minimumBaseline();
        LOG.atInfo()
                .addKeyValue("deployment", deployment)
                .addKeyValue("version", next.version())
                .addKeyValue("source", next.source())
                .addKeyValue("setBy", setBy)
                .addKeyValue("slices", next.slices().size())
                .addKeyValue(
                        "labelled", next.overall().map(SliceBaseline::labelled).orElse(0L))
                .log("A baseline is in force");
        long missing = next.slices().values().stream()
                .filter(slice -> slice.scored() < needed)
                .count();
        if (missing > 0) {
            LOG.atWarn()
                    .addKeyValue("deployment", deployment)
                    .addKeyValue("version", next.version())
                    .addKeyValue("slices", missing)
                    .addKeyValue("needed", needed)
                    .log("The baseline holds too few labelled inferences of some slices to alert on them");
        }
    }

    private void dropDraft() {
        draft = null;
        store.delete(Part.LEARNING);
        store.delete(Part.BEFORE_LEARNING);
    }

    /** All of it, for people. */
    BaselineStanding standing(Map<Slice, SliceBaseline> current, double designEffect) {
        Optional<BaselineDraft> learning = Optional.ofNullable(draft);
        Map<Slice, SliceBaseline> looked =
                learning.map(BaselineDraft::parts).orElseGet(() -> baseline == null ? Map.of() : baseline.slices());
        return new BaselineStanding(
                baseline,
                learning.map(BaselineDraft::labelled).orElse(null),
                current,
                designEffect,
                looked,
                policy.detection().minimumBaseline(),
                book.trail().entries(),
                book.refused());
    }
}
