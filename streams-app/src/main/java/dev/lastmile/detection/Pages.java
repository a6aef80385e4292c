package dev.lastmile.detection;

import dev.lastmile.detection.Carriers.Candidate;
import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.SliceDetector.Status;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.VersionSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes one page of what is one trouble. An alarm is told under the slice that carries the effect, and under the most
 * specific verdict about it; the alarms it explains are its companions and have no page.
 *
 * <p>When a page ends by evidence, the alarms it explained stand down: each used up its share of the budget when it fired,
 * and whoever is still worse has to be shown to be so by labels yet to come. So every page has a crossing of its own, one
 * page a crossing at most, and the end of a large trouble raises no storm of small ones.
 */
final class Pages {

    /**
     * A page is kept, and an alarm joins it, unless another slice shows the effect better by so many standard errors. Which
     * of two slices the effect is in is less certain than that it is there; a page that changes its name is a second page.
     */
    private static final double CLEARLY_BETTER = 0.5;

    private static final List<Verdict> VERDICTS = List.of(Verdict.values());

    private final Map<VersionSlice, ? extends Watches> detectors;
    private final Set<VersionSlice> touched;
    private final long bucketMs;
    private final double granted;
    private final Function<CellKey, BucketCell> cells;
    private final List<Sighting> told = new ArrayList<>();

    /** The alarms of each model version, in order; an entry is made when needed, and again once another alarm is raised. */
    private final Map<String, List<Alarm>> alarms = new HashMap<>();

    /** A watch that fires, or did when this was made. */
    private record Alarm(Claim claim, Watch watch) {}

    Pages(
            Map<VersionSlice, ? extends Watches> detectors,
            Set<VersionSlice> touched,
            long bucketMs,
            double granted,
            Function<CellKey, BucketCell> cells) {
        this.detectors = detectors;
        this.touched = touched;
        this.bucketMs = bucketMs;
        this.granted = granted;
        this.cells = cells;
    }

    /** The pages that follow from what the detectors found. */
    List<Sighting> tell(List<Sighting> found) {
        for (Sighting one : found) {
            if (one.finding().change() == Change.FIRED) {
                required(
                                one.at().modelVersion(),
                                new Claim(one.finding().verdict(), one.at().slice()))
                        .await();
            }
        }
        // The more specific verdict first: what it explains then never has a page of its own.
        found.stream()
                .sorted(Comparator.comparing(one -> one.finding().verdict()))
                .forEach(this::tell);
        return told;
    }

    private void tell(Sighting one) {
        String version = one.at().modelVersion();
        Claim claim = new Claim(one.finding().verdict(), one.at().slice());
        switch (one.finding().change()) {
            case FIRED -> place(version, claim);
            case UPDATED -> {
                if (required(version, claim).waits()) {
                    place(version, claim);
                } else if (isPage(version, claim)) {
                    update(version, claim, one);
                }
            }
            case CLEARED -> {
                told.add(one);
                explained(version, claim).forEach(its -> standDown(version, its));
                forgetRelatives(version, claim);
            }
            case EXPLAINED -> throw new IllegalStateException("no detector explains itself");
        }
    }

    /**
     * Finds the page of an alarm that waits for one: a new one, or one that is there. A new one waits while it is in doubt
     * whose trouble it is.
     */
    private void place(String version, Claim claim) {
        Watch its = required(version, claim);
        if (!its.waits()) {
            return;
        }
        Finding finding = its.fired();
        Carriers carriers = carriers(version, claim.verdict());
        Map<Slice, Candidate> candidates =
                carriers.candidates(claim.slice(), finding.effect(), watches(version, claim.verdict()));
        Slice carrier = Carriers.strongest(claim.slice(), candidates);
        Claim page = pageAmong(version, claim, candidates, Carriers.strengthOf(carrier, candidates));
        if (page == null) {
            Claim named = new Claim(claim.verdict(), carrier);
            Claim waiting = moreSpecific(
                    version, named, other -> required(version, other).waits());
            boolean clear = Carriers.isClear(carrier, candidates) && waiting == null;
            if (!clear && its.mayWait()) {
                return;
            }
            if (!named.equals(claim)) {
                raise(
                        version,
                        named,
                        Objects.requireNonNull(candidates.get(carrier)).since());
                page = named;
            }
        }
        if (page == null || !explain(version, claim, page)) {
            open(version, claim, finding);
        }
    }

    private void update(String version, Claim page, Sighting one) {
        Claim better = clearlyBetter(version, page);
        if (better == null) {
            told.add(new Sighting(one.at(), one.finding(), explainedBy(version, page), null));
        } else {
            handOver(version, page, better);
        }
    }

    /** Of the alarms a page explains, the one that by now shows the effect clearly better than the page's own slice does. */
    private @Nullable Claim clearlyBetter(String version, Claim page) {
        double least = required(version, page).strength() + CLEARLY_BETTER;
        Claim better = null;
        for (Claim claim : explained(version, page)) {
            double strength = required(version, claim).strength();
            if (claim.verdict() == page.verdict() && strength > least) {
                least = strength;
                better = claim;
            }
        }
        return better;
    }

    private void handOver(String version, Claim page, Claim better) {
        Watch watch = required(version, better);
        watch.tellItself();
        touched.add(new VersionSlice(version, better.slice()));
        replace(version, page, better);
        told.add(new Sighting(
                new VersionSlice(version, better.slice()), watch.fired(), explainedBy(version, better), null));
    }

    private void replace(String version, Claim page, Claim by) {
        Effect effect = required(version, page).updated().effect();
        explain(version, page, by);
        told.add(new Sighting(
                new VersionSlice(version, page.slice()),
                new Finding(page.verdict(), Change.EXPLAINED, effect),
                List.of(),
                by));
    }

    /** The page that is there for a relative, if it shows the effect about as well as the best. */
    private @Nullable Claim pageAmong(String version, Claim claim, Map<Slice, Candidate> candidates, double strongest) {
        Claim best = null;
        for (Map.Entry<Slice, Candidate> entry : candidates.entrySet()) {
            Claim other = new Claim(claim.verdict(), entry.getKey());
            boolean asGood = entry.getValue().strength() + CLEARLY_BETTER >= strongest;
            if (!other.equals(claim) && asGood && isPage(version, other)) {
                best = best == null
                                || Carriers.strengthOf(best.slice(), candidates)
                                        < entry.getValue().strength()
                        ? other
                        : best;
            }
        }
        return best;
    }

    /** Raises the page of a slice that carries an effect although the evidence crossed the line elsewhere first. */
    private void raise(String version, Claim named, Since since) {
        Watch watch = required(version, named);
        if (watch.status() != Status.FIRING) {
            Finding fired = watch.fire(since);
            alarms.remove(version);
            open(version, named, fired);
        } else if (watch.waits()) {
            open(version, named, watch.fired());
        }
    }

    private void open(String version, Claim claim, Finding finding) {
        VersionSlice at = new VersionSlice(version, claim.slice());
        touched.add(at);
        Claim better = moreSpecific(version, claim, other -> isPage(version, other));
        if (better != null) {
            explain(version, claim, better);
            return;
        }
        required(version, claim).tellItself();
        for (Claim other : pages(version)) {
            if (!other.equals(claim) && tellsBetter(version, claim, other)) {
                replace(version, other, claim);
            }
        }
        Set<Slice> companions = new TreeSet<>(suspects(version, claim));
        companions.addAll(explainedBy(version, claim));
        told.add(new Sighting(at, finding, List.copyOf(companions), null));
    }

    /** Of the same slice's claims under more specific verdicts, the first that is so. */
    private @Nullable Claim moreSpecific(String version, Claim claim, Predicate<Claim> which) {
        for (Verdict verdict : Verdict.values()) {
            Claim other = new Claim(verdict, claim.slice());
            if (isMoreSpecific(verdict, claim.verdict()) && find(version, other) != null && which.test(other)) {
                return other;
            }
        }
        return null;
    }

    private static boolean isMoreSpecific(Verdict one, Verdict other) {
        return other.isAboutErrors() && one.compareTo(other) < 0;
    }

    /** Whether a new page makes one that is there superfluous. */
    private boolean tellsBetter(String version, Claim claim, Claim there) {
        if (there.slice().equals(claim.slice())) {
            return isMoreSpecific(claim.verdict(), there.verdict());
        }
        Carriers carriers = carriers(version, there.verdict());
        if (there.verdict() != claim.verdict() || !carriers.related(there.slice(), claim.slice())) {
            return false;
        }
        Effect effect = required(version, there).updated().effect();
        Map<Slice, Candidate> candidates =
                carriers.candidates(there.slice(), effect, watches(version, there.verdict()));
        return Carriers.strongest(there.slice(), candidates).equals(claim.slice());
    }

    private List<Slice> suspects(String version, Claim claim) {
        Map<Slice, Double> others = new TreeMap<>();
        watches(version, claim.verdict()).forEach((slice, watch) -> {
            if (watch.status() != Status.FIRING || watch.waits()) {
                others.put(slice, watch.evidence());
            }
        });
        double its = required(version, claim).evidence();
        return Companions.of(Math.max(1, its), others);
    }

    /** Puts an alarm, and those it explains, under the page of another; refused where that one is under this one's. */
    private boolean explain(String version, Claim claim, Claim by) {
        Claim above = required(version, by).explainedBy();
        Claim root = above == null ? by : above;
        if (root.equals(claim)) {
            return false;
        }
        explained(version, claim).forEach(its -> point(version, its, root));
        point(version, claim, root);
        return true;
    }

    private void point(String version, Claim claim, Claim root) {
        Watch watch = find(version, claim);
        if (watch != null && watch.status() == Status.FIRING) {
            watch.explain(root);
            touched.add(new VersionSlice(version, claim.slice()));
        }
    }

    /** What relatives have gathered, short of an alarm, was of the trouble that has just ended. */
    private void forgetRelatives(String version, Claim ended) {
        Carriers carriers = carriers(version, ended.verdict());
        watches(version, ended.verdict()).forEach((slice, watch) -> {
            if (watch.status() != Status.FIRING && carriers.related(ended.slice(), slice)) {
                standDown(version, new Claim(ended.verdict(), slice));
            }
        });
    }

    private void standDown(String version, Claim claim) {
        required(version, claim).standDown(granted);
        touched.add(new VersionSlice(version, claim.slice()));
    }

    private boolean isPage(String version, Claim claim) {
        Watch watch = find(version, claim);
        return watch != null && isPage(watch);
    }

    private static boolean isPage(Watch watch) {
        return watch.status() == Status.FIRING && watch.explainedBy() == null && !watch.waits();
    }

    private List<Claim> pages(String version) {
        return claims(version, Pages::isPage);
    }

    private List<Claim> explained(String version, Claim page) {
        return claims(version, watch -> page.equals(watch.explainedBy()));
    }

    private List<Slice> explainedBy(String version, Claim page) {
        return explained(version, page).stream()
                .map(Claim::slice)
                .filter(slice -> !slice.equals(page.slice()))
                .distinct()
                .toList();
    }

    /** Of the alarms of a version, those that are so; only what fires can be a page, or be explained by one. */
    private List<Claim> claims(String version, Predicate<Watch> which) {
        List<Claim> claims = new ArrayList<>();
        for (Alarm alarm : alarms.computeIfAbsent(version, this::firing)) {
            if (which.test(alarm.watch())) {
                claims.add(alarm.claim());
            }
        }
        return claims;
    }

    private List<Alarm> firing(String version) {
        List<Alarm> firing = new ArrayList<>();
        detectors.forEach((key, detector) -> {
            if (key.modelVersion().equals(version)) {
                for (Verdict verdict : VERDICTS) {
                    Watch watch = detector.watch(verdict);
                    if (watch != null && watch.status() == Status.FIRING) {
                        firing.add(new Alarm(new Claim(verdict, key.slice()), watch));
                    }
                }
            }
        });
        return firing;
    }

    private Map<Slice, Watch> watches(String version, Verdict verdict) {
        Map<Slice, Watch> watches = new TreeMap<>();
        detectors.forEach((key, detector) -> {
            Watch watch = key.modelVersion().equals(version) ? detector.watch(verdict) : null;
            if (watch != null) {
                watches.put(key.slice(), watch);
            }
        });
        return watches;
    }

    private Watch required(String version, Claim claim) {
        return Objects.requireNonNull(find(version, claim));
    }

    private @Nullable Watch find(String version, Claim claim) {
        Watches detector = detectors.get(new VersionSlice(version, claim.slice()));
        return detector == null ? null : detector.watch(claim.verdict());
    }

    private Carriers carriers(String version, Verdict verdict) {
        return new Carriers(version, verdict, bucketMs, cells);
    }
}
