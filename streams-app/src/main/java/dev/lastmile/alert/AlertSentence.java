package dev.lastmile.alert;

import dev.lastmile.detection.Claim;
import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Verdict;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says to a tired human, in one sentence.
 *
 * <p>The numbers are means of scores, what detectors bet on. For labels that is the error rate itself. For words it is the
 * word error rate of each utterance, at most 100 %, averaged over utterances: not the errors of all over the words of all,
 * which long utterances dominate, so it must not be called that.
 */
final class AlertSentence {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** More than these are in the record, not in the sentence. */
    private static final int NAMED_COMPANIONS = 3;

    private final Alert alert;
    private final Metric metric;

    /** Takes all facts from the alert; its message is not read. */
    AlertSentence(Alert alert, Metric metric) {
        this.alert = alert;
        this.metric = metric;
    }

    /** What is claimed. */
    String firing() {
        return who() + claim() + ".";
    }

    /**
     * What was claimed, and that nobody knows whether it still holds.
     *
     * @param lastLabelsMs processing clock of the last labels, epoch milliseconds
     */
    String stale(long lastLabelsMs) {
        return who() + "no labels of " + slice() + " since " + minute(lastLabelsMs)
                + ", so nobody knows whether this still holds: " + claim() + ".";
    }

    /** That it is over, and by which evidence. */
    String cleared(Effect now) {
        return who() + "resolved: " + subject() + " for " + slice() + " " + recovery(now) + ", over "
                + counted("the last ", now.labelled()) + "; the alert was raised at " + minute(alert.startedAtMs())
                + ".";
    }

    /** That the claim was dropped. */
    String ended(EndReason reason) {
        return who() + "ended without proof of recovery, because " + reason.words() + ": whether " + slice()
                + " is still worse must be shown anew; the alert was raised at " + minute(alert.startedAtMs()) + ".";
    }

    /** That another alert tells the same trouble better. */
    String explained(Claim by) {
        String what = by.slice().equals(alert.slice()) ? "" : " for " + words(by.slice());
        return who() + "ended, as the alert " + by.verdict() + what + " tells the same trouble better: " + slice()
                + " may be just as bad as before; the alert was raised at " + minute(alert.startedAtMs()) + ".";
    }

    private String who() {
        return alert.deployment() + " (model " + alert.modelVersion() + "): ";
    }

    private String claim() {
        Novelty novelty = alert.novelty();
        return novelty == null ? comparison() : news(novelty);
    }

    private String comparison() {
        return subject() + " for " + slice() + " " + change() + ", over " + counted("", alert.labelled()) + " since "
                + minute(alert.windowStartMs()) + coverage() + baseline() + sessions() + companions();
    }

    private String news(Novelty novelty) {
        String gap = alert.labelled() == 0 || alert.restMean() == null
                ? ""
                : ", " + subject() + " " + percent(alert.sliceMean()) + " of late against " + percent(alert.restMean())
                        + " for the rest of the deployment";
        return slice() + " is new, baseline " + alert.baselineVersion() + " holds none of it: first seen "
                + minute(novelty.firstSeenMs()) + ", " + "at least " + percent(novelty.trafficShare())
                + " of the inferences since, " + fewOr(alert.labelled()) + " labelled" + gap
                + needs(novelty);
    }

    private static String needs(Novelty novelty) {
        if (novelty.labelsNeeded().isEmpty()) {
            return "";
        }
        // Not how many there are: they may be parts of something that others must not have by subtraction.
        return "; labels needed: "
                + novelty.labelsNeeded().stream()
                        .limit(NAMED_COMPANIONS)
                        .map(need -> String.format(Locale.ROOT, "%s (%d)", words(need.slice()), need.needed()))
                        .collect(Collectors.joining(", "))
                + (novelty.labelsNeeded().size() > NAMED_COMPANIONS ? ", …" : "");
    }

    private static String fewOr(long labelled) {
        return labelled == 0
                ? "fewer than " + SliceStanding.MINIMUM_SHOWN
                : String.format(Locale.ROOT, "at least %,d", labelled);
    }

    /** Labels that come selectively make any rate untrustworthy, so that every claim about errors says how many came. */
    private String coverage() {
        if (!alert.kind().isAboutErrors() || alert.coverageNow() == null) {
            return "";
        }
        return "; labelled so far: " + percent(alert.coverageNow()) + " of its inferences"
                + (alert.restCoverageNow() == null ? "" : ", " + percent(alert.restCoverageNow()) + " of the rest's")
                + (alert.coverageAtBaseline() == null
                        ? ""
                        : " (" + percent(alert.coverageAtBaseline()) + " at the baseline)");
    }

    private String subject() {
        return alert.kind() == Verdict.LABEL_COVERAGE ? "label coverage" : metricWords();
    }

    private String change() {
        String now = percent(alert.sliceMean());
        return switch (alert.kind()) {
            case DISPARATE_DEGRADATION ->
                "rose " + points(alert.effect()) + " more than for " + rest() + " (from "
                        + percent(alert.baselineSliceMean()) + " to " + now + "; the rest from "
                        + percent(alert.baselineRestMean()) + " to " + percent(alert.restMean()) + ")";
            case DEGRADATION ->
                "rose " + points(alert.effect()) + " (from " + percent(alert.baselineSliceMean()) + " to " + now + ")";
            case DISPARITY ->
                "is " + points(alert.effect()) + " higher than for " + rest() + " (" + now + " against "
                        + percent(alert.restMean()) + ")";
            case LABEL_COVERAGE ->
                "fell " + points(alert.effect()) + " more than for " + rest() + " (from "
                        + remainder(alert.baselineSliceMean()) + " to " + remainder(alert.sliceMean())
                        + "; the rest from " + remainder(alert.baselineRestMean()) + " to "
                        + remainder(alert.restMean())
                        + "), so that error rates of it may mislead";
            case NEW_CONDITION -> "is new";
        };
    }

    private String recovery(Effect now) {
        String size = points(Math.abs(now.size()));
        boolean more = now.size() >= 0;
        return switch (alert.kind()) {
            case DISPARATE_DEGRADATION ->
                "no longer stands out: since the baseline it rose " + size + (more ? " more" : " less") + " than for "
                        + rest();
            case DEGRADATION ->
                "is " + size + (more ? " above" : " below") + " its baseline (" + percent(now.sliceMean()) + " against "
                        + percent(now.baselineSliceMean()) + ")";
            case DISPARITY ->
                "is " + size + (more ? " higher" : " lower") + " than for " + rest() + " (" + percent(now.sliceMean())
                        + " against " + percent(now.restMean()) + ")";
            case LABEL_COVERAGE -> "is back: it fell " + size + (more ? " more" : " less") + " than for " + rest();
            case NEW_CONDITION -> "is new no longer";
        };
    }

    private String metricWords() {
        return switch (metric) {
            case WORD_ERROR_RATE -> "average word error rate per utterance (each at most 100 %)";
            case ABSOLUTE_ERROR -> "average absolute error (in percent of its scale)";
            case ERROR_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE -> metric.words();
        };
    }

    private String slice() {
        return words(alert.slice());
    }

    /** {@code accent=scottish within noise=imaging}: the term that is compared comes first. */
    private static String words(Slice slice) {
        if (slice.isOverall()) {
            return "all inferences";
        }
        Slice parent = slice.parent();
        return parent.isOverall() ? slice.plain() : slice.last().plain() + " within " + parent.plain();
    }

    private String rest() {
        Slice parent = alert.slice().parent();
        return parent.isOverall() ? "the rest of the deployment" : "the rest of " + parent.plain();
    }

    private String baseline() {
        Slice from = alert.baselineSlice();
        if (alert.baselineVersion() == null || from == null) {
            return "";
        }
        return "; baseline " + alert.baselineVersion()
                + (from.equals(alert.slice()) ? "" : " of " + words(from) + ", as it holds no " + slice());
    }

    private String sessions() {
        return alert.weight() == 1
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; as inferences of one session hang together, each counted as %.2f of one",
                        alert.weight());
    }

    private String companions() {
        List<Slice> companions = alert.companions();
        if (companions.isEmpty()) {
            return "";
        }
        String named = companions.stream()
                .limit(NAMED_COMPANIONS)
                .map(AlertSentence::words)
                .collect(Collectors.joining(", "));
        int more = companions.size() - NAMED_COMPANIONS;
        return "; also suspect: " + named + (more > 0 ? " and " + more + " more" : "");
    }

    private String counted(String which, long inferences) {
        String count = inferences == 0 ? fewOr(0) : String.format(Locale.ROOT, "at least %s%,d", which, inferences);
        return count + (alert.kind() == Verdict.LABEL_COVERAGE ? " inferences" : " labelled inferences");
    }

    /** What is left of all: coverage, where the mean is of missing labels. */
    private static String remainder(@Nullable Double missing) {
        return percent(missing == null ? null : (Double) (1 - missing));
    }

    private static String points(double difference) {
        return String.format(Locale.ROOT, "%.1f points", 100 * difference);
    }

    private static String percent(@Nullable Double ratio) {
        return ratio == null ? "unknown" : String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    private static String minute(long epochMs) {
        return MINUTE.format(Instant.ofEpochMilli(epochMs));
    }
}
