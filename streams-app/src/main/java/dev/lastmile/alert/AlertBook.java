package dev.lastmile.alert;

import dev.lastmile.detection.Claim;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.Sighting;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one deployment: what detectors find, made into something with an identity, a life and a sentence. Mutable.
 *
 * <p>Which findings are worth a page, and which slice a page names, is decided before: see {@link
 * dev.lastmile.detection.Panel}.
 *
 * <p>Alerts name slices that may be too small for anybody to learn how many they hold, or may tell of some that are: so all their
 * numbers are {@link Shown} ones.
 *
 * <p>Every method returns the alerts that are to be published, as they stand then.
 */
public final class AlertBook {

    /** How many resolved alerts are remembered, for display and for reopening; the oldest go first. */
    public static final int RESOLVED_KEPT = 100;

    /** For how many keys it is remembered how often they fired, so that no id is given twice; the oldest go first. */
    private static final int EPISODES_KEPT = 10_000;

    /** An alert whose numbers move is published again when its labelled inferences have grown by a tenth. */
    private static final double WORTH_PUBLISHING = 1.1;

    private static final byte FORMAT = 2;

    private final DeploymentId deployment;
    private final DetectionSettings settings;
    private final Map<AlertKey, Active> active = new LinkedHashMap<>();
    private final Deque<Alert> resolved = new ArrayDeque<>();
    private final Map<AlertKey, Integer> episodes = new LinkedHashMap<>();

    /**
     * A firing or stale alert.
     *
     * @param metric what its deployment measures
     * @param lastLabelsMs processing clock of the last finding
     * @param publishedLabelled labelled inferences when it was last published
     */
    private record Active(Alert alert, Metric metric, long lastLabelsMs, long publishedLabelled) {}

    /** A book without alerts. */
    public AlertBook(DeploymentId deployment, DetectionSettings settings) {
        this.deployment = deployment;
        this.settings = settings;
    }

    /** Enters what was found of a slice of a model version. */
    public List<Alert> apply(Sighting sighting, AlertContext context) {
        Finding finding = sighting.finding();
        AlertKey key = new AlertKey(
                finding.verdict(), sighting.at().slice(), sighting.at().modelVersion());
        Active before = active.get(key);
        Claim by = sighting.explainedBy();
        if (finding.change() == Change.CLEARED || by != null) {
            if (before == null) {
                return List.of();
            }
            AlertSentence sentence = new AlertSentence(before.alert(), before.metric());
            String message = by == null
                    ? sentence.cleared(Shown.effect(finding.verdict(), finding.effect()))
                    : sentence.explained(by);
            return List.of(end(key, before, message, context.nowMs()));
        }
        return before == null ? open(key, sighting, context) : update(key, before, sighting, context);
    }

    private List<Alert> open(AlertKey key, Sighting sighting, AlertContext context) {
        Alert recent = takeRecent(key, context.nowMs());
        String alertId = recent == null ? key.alertId(deployment, nextEpisode(key)) : recent.alertId();
        long startedAtMs = recent == null ? context.nowMs() : recent.startedAtMs();
        Effect effect = sighting.finding().effect();
        Alert alert = firing(key, alertId, startedAtMs, effect, sighting.companions(), context);
        active.put(key, new Active(alert, context.metric(), context.nowMs(), effect.labelled()));
        return List.of(alert);
    }

    private List<Alert> update(AlertKey key, Active before, Sighting sighting, AlertContext context) {
        Alert old = before.alert();
        SortedSet<Slice> companions = new TreeSet<>(old.companions());
        companions.addAll(sighting.companions());
        Effect effect = sighting.finding().effect();
        Alert alert = firing(key, old.alertId(), old.startedAtMs(), effect, List.copyOf(companions), context);
        boolean worthPublishing = !alert.companions().equals(old.companions())
                || old.state() == AlertState.STALE
                || effect.labelled() < before.publishedLabelled()
                || effect.labelled() >= WORTH_PUBLISHING * before.publishedLabelled();
        long publishedLabelled = worthPublishing ? effect.labelled() : before.publishedLabelled();
        active.put(key, new Active(alert, context.metric(), context.nowMs(), publishedLabelled));
        return worthPublishing ? List.of(alert) : List.of();
    }

    private @Nullable Alert takeRecent(AlertKey key, long nowMs) {
        Iterator<Alert> newestFirst = resolved.descendingIterator();
        while (newestFirst.hasNext()) {
            Alert alert = newestFirst.next();
            if (AlertKey.of(alert).equals(key)) {
                Long endedAtMs = alert.endedAtMs();
                if (endedAtMs != null
                        && nowMs - endedAtMs <= settings.coolDown().toMillis()) {
                    newestFirst.remove();
                    return alert;
                }
                return null;
            }
        }
        return null;
    }

    private int nextEpisode(AlertKey key) {
        int episode = episodes.getOrDefault(key, 0) + 1;
        episodes.remove(key);
        episodes.put(key, episode);
        dropOldest(episodes.keySet().iterator(), episodes.size() - EPISODES_KEPT);
        return episode;
    }

    private static void dropOldest(Iterator<?> oldestFirst, int surplus) {
        for (int i = 0; i < surplus; i++) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    private Alert firing(
            AlertKey key,
            String alertId,
            long startedAtMs,
            Effect exact,
            List<Slice> companions,
            AlertContext context) {
        Effect effect = Shown.effect(key.kind(), exact);
        Alert alert = new Alert(
                alertId,
                key.kind(),
                AlertState.FIRING,
                deployment,
                key.modelVersion(),
                key.slice(),
                effect.size(),
                effect.interval(),
                effect.sliceMean(),
                effect.restMean(),
                effect.baselineSliceMean(),
                effect.baselineRestMean(),
                effect.labelled(),
                context.slice().coverage(),
                context.rest().coverage(),
                coverageAtBaseline(key.kind(), effect, context),
                context.slice().ratio(),
                context.baseline().ratio(),
                hasBaseline(key.kind()) ? context.baselineVersion() : null,
                effect.baselineSlice(),
                effect.windowStartMs(),
                effect.windowEndExclusiveMs(),
                startedAtMs,
                null,
                companions,
                context.weight(),
                context.novelty(),
                context.configurationHash(),
                "");
        String message = new AlertSentence(alert, context.metric()).firing();
        return alert.inState(AlertState.FIRING, null, message);
    }

    private static @Nullable Double coverageAtBaseline(Verdict kind, Effect effect, AlertContext context) {
        // What coverage itself is compared with has a baseline of its own.
        return kind == Verdict.LABEL_COVERAGE || effect.baselineCoverage() == null
                ? effect.baselineCoverage()
                : context.baseline().coverage();
    }

    private static boolean hasBaseline(Verdict kind) {
        return switch (kind) {
            case DISPARATE_DEGRADATION, DEGRADATION, NEW_CONDITION -> true;
            case DISPARITY, LABEL_COVERAGE -> false;
        };
    }

    private Alert end(AlertKey key, Active before, String message, long nowMs) {
        active.remove(key);
        Alert ended = before.alert().inState(AlertState.RESOLVED, nowMs, message);
        resolved.addLast(ended);
        dropOldest(resolved.iterator(), resolved.size() - RESOLVED_KEPT);
        return ended;
    }

    /** Marks alerts as stale for whose slice no labels came for {@link DetectionSettings#staleAfter()}. */
    public List<Alert> tick(long nowMs) {
        List<Alert> stale = new ArrayList<>();
        for (Map.Entry<AlertKey, Active> entry : active.entrySet()) {
            Active its = entry.getValue();
            if (its.alert().state() == AlertState.FIRING
                    && nowMs - its.lastLabelsMs() >= settings.staleAfter().toMillis()) {
                String message = new AlertSentence(its.alert(), its.metric()).stale(its.lastLabelsMs());
                Alert alert = its.alert().inState(AlertState.STALE, null, message);
                entry.setValue(new Active(alert, its.metric(), its.lastLabelsMs(), its.publishedLabelled()));
                stale.add(alert);
            }
        }
        return stale;
    }

    /**
     * Ends the alerts whose detectors start anew: with a new baseline those that rest on one, with a new configuration all.
     */
    public List<Alert> reset(EndReason reason, long nowMs) {
        return endAll(reason, nowMs, key -> switch (reason) {
            case NEW_BASELINE -> hasBaseline(key.kind());
            case NEW_CONFIGURATION, MODEL_VERSION_RETIRED -> true;
        });
    }

    /** Ends the alerts of a model version that is no longer watched. */
    public List<Alert> retire(String modelVersion, long nowMs) {
        return endAll(EndReason.MODEL_VERSION_RETIRED, nowMs, key -> key.modelVersion()
                .equals(modelVersion));
    }

    private List<Alert> endAll(EndReason reason, long nowMs, Predicate<AlertKey> which) {
        List<Alert> ended = new ArrayList<>();
        for (AlertKey key : List.copyOf(active.keySet())) {
            Active its = active.get(key);
            if (its != null && which.test(key)) {
                ended.add(end(key, its, new AlertSentence(its.alert(), its.metric()).ended(reason), nowMs));
            }
        }
        return ended;
    }

    /** Firing and stale alerts, oldest first, then those resolved, newest first. */
    public List<Alert> current() {
        List<Alert> all = new ArrayList<>();
        for (Active its : active.values()) {
            all.add(its.alert());
        }
        resolved.descendingIterator().forEachRemaining(all::add);
        return all;
    }

    /** Writes the state, a format version first; deployment and settings are not part of it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeInt(active.size());
        for (Active its : active.values()) {
            AlertFormat.write(its.alert(), out);
            out.writeUTF(its.metric().wireName());
            out.writeLong(its.lastLabelsMs());
            out.writeLong(its.publishedLabelled());
        }
        out.writeInt(resolved.size());
        for (Alert alert : resolved) {
            AlertFormat.write(alert, out);
        }
        out.writeInt(episodes.size());
        for (Map.Entry<AlertKey, Integer> entry : episodes.entrySet()) {
            entry.getKey().writeTo(out);
            out.writeInt(entry.getValue());
        }
    }

    /** The inverse of {@link #writeTo}; throws {@link IOException} for another format. */
    public static AlertBook readFrom(DataInput in, DeploymentId deployment, DetectionSettings settings)
            throws IOException {
        byte format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("state of an alert book must have format " + FORMAT + ": " + format);
        }
        AlertBook book = new AlertBook(deployment, settings);
        for (int left = in.readInt(); left > 0; left--) {
            Alert alert = AlertFormat.read(in, deployment);
            book.active.put(
                    AlertKey.of(alert), new Active(alert, Metric.parse(in.readUTF()), in.readLong(), in.readLong()));
        }
        for (int left = in.readInt(); left > 0; left--) {
            book.resolved.addLast(AlertFormat.read(in, deployment));
        }
        for (int left = in.readInt(); left > 0; left--) {
            book.episodes.put(AlertKey.readFrom(in), in.readInt());
        }
        return book;
    }
}
