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
import java.util.HashSet;
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

    private final Map<VersionSlice, ? extends Watches> detectors;
    private final Set<VersionSlice> touched;
    private final long bucketMs;
    private final double granted;
    private final Function<CellKey, BucketCell> cells;
    private final List<Sighting> told = new ArrayList<>();
    private final Map<VersionSlice, Map<Verdict, Finding>> untold = new HashMap<>();
    private final Set<Claim> beingPlaced = new HashSet<>();

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
                untold.computeIfAbsent(one.at(), any -> new TreeMap<>())
                        .put(one.finding().verdict(), one.finding());
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
                Claim better = isPage(version, claim) ? clearlyBetter(version, claim) : claim;
                if (better == null) {
                    told.add(new Sighting(one.at(), one.finding(), explainedBy(version, claim), null));
                } else if (!better.equals(claim)) {
                    handOver(version, claim, better);
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

    /** Finds the page of an alarm that has just been raised: a new one, or one that is there. */
    private void place(String version, Claim claim) {
        VersionSlice at = new VersionSlice(version, claim.slice());
        Finding finding = untold.getOrDefault(at, Map.of()).get(claim.verdict());
        if (finding == null || !beingPlaced.add(claim)) {
            return;
        }
        Carriers carriers = carriers(version, claim.verdict());
        Map<Slice, Candidate> candidates =
                carriers.candidates(claim.slice(), finding.effect(), watches(version, claim.verdict()));
        Slice carrier = Carriers.strongest(claim.slice(), candidates);
        Claim named = new Claim(claim.verdict(), carrier);
        Claim page = pageAmong(version, claim, candidates, Carriers.strengthOf(carrier, candidates));
        if (page == null && !carrier.equals(claim.slice())) {
            raise(
                    version,
                    named,
                    Objects.requireNonNull(candidates.get(carrier)).since());
            page = named;
        }
        beingPlaced.remove(claim);
        takeUntold(version, claim);
        if (page == null || !explain(version, claim, page)) {
            open(version, claim, finding);
        }
    }

    /** Of the alarms a page explains, the one that by now shows the effect clearly better than the page's own slice does. */
    private @Nullable Claim clearlyBetter(String version, Claim page) {
        double least = Objects.requireNonNull(find(version, page)).strength() + CLEARLY_BETTER;
        Claim better = null;
        for (Claim claim : explained(version, page)) {
            double strength = Objects.requireNonNull(find(version, claim)).strength();
            if (claim.verdict() == page.verdict() && strength > least) {
                least = strength;
                better = claim;
            }
        }
        return better;
    }

    private void handOver(String version, Claim page, Claim better) {
        Watch watch = Objects.requireNonNull(find(version, better));
        watch.tellItself();
        touched.add(new VersionSlice(version, better.slice()));
        replace(version, page, better);
        Finding fired =
                new Finding(better.verdict(), Change.FIRED, watch.updated().effect());
        told.add(new Sighting(new VersionSlice(version, better.slice()), fired, explainedBy(version, better), null));
    }

    private void replace(String version, Claim page, Claim by) {
        Effect effect = Objects.requireNonNull(find(version, page)).updated().effect();
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
        Watch watch = Objects.requireNonNull(find(version, named));
        if (watch.status() != Status.FIRING) {
            touched.add(new VersionSlice(version, named.slice()));
            open(version, named, watch.fire(since));
        } else {
            place(version, named);
        }
    }

    private void open(String version, Claim claim, Finding finding) {
        Claim better = moreSpecific(version, claim);
        if (better != null) {
            explain(version, claim, better);
            return;
        }
        for (Claim other : pages(version)) {
            if (!other.equals(claim) && tellsBetter(version, claim, other)) {
                replace(version, other, claim);
            }
        }
        Set<Slice> companions = new TreeSet<>(suspects(version, claim));
        companions.addAll(explainedBy(version, claim));
        told.add(new Sighting(new VersionSlice(version, claim.slice()), finding, List.copyOf(companions), null));
    }

    /** A page of the same slice under a more specific verdict. */
    private @Nullable Claim moreSpecific(String version, Claim claim) {
        for (Verdict verdict : Verdict.values()) {
            Claim other = new Claim(verdict, claim.slice());
            if (isMoreSpecific(verdict, claim.verdict()) && isPage(version, other)) {
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
        Effect effect = Objects.requireNonNull(find(version, there)).updated().effect();
        Map<Slice, Candidate> candidates =
                carriers.candidates(there.slice(), effect, watches(version, there.verdict()));
        return Carriers.strongest(there.slice(), candidates).equals(claim.slice());
    }

    private List<Slice> suspects(String version, Claim claim) {
        Map<Slice, Double> others = new TreeMap<>();
        watches(version, claim.verdict()).forEach((slice, watch) -> {
            if (watch.status() != Status.FIRING) {
                others.put(slice, watch.evidence());
            }
        });
        double its = Objects.requireNonNull(find(version, claim)).evidence();
        return Companions.of(Math.max(1, its), others);
    }

    /** Puts an alarm, and those it explains, under the page of another; refused where that one is under this one's. */
    private boolean explain(String version, Claim claim, Claim by) {
        Claim above = Objects.requireNonNull(find(version, by)).explainedBy();
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
        Objects.requireNonNull(find(version, claim)).standDown(granted);
        takeUntold(version, claim);
        touched.add(new VersionSlice(version, claim.slice()));
    }

    private @Nullable Finding takeUntold(String version, Claim claim) {
        Map<Verdict, Finding> its = untold.get(new VersionSlice(version, claim.slice()));
        return its == null ? null : its.remove(claim.verdict());
    }

    private boolean isUntold(String version, Claim claim) {
        Map<Verdict, Finding> its = untold.get(new VersionSlice(version, claim.slice()));
        return its != null && its.containsKey(claim.verdict());
    }

    private boolean isPage(String version, Claim claim) {
        Watch watch = find(version, claim);
        return watch != null
                && watch.status() == Status.FIRING
                && watch.explainedBy() == null
                && !isUntold(version, claim);
    }

    private List<Claim> pages(String version) {
        return claims(version, watch -> watch.status() == Status.FIRING).stream()
                .filter(claim -> isPage(version, claim))
                .toList();
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

    private List<Claim> claims(String version, Predicate<Watch> which) {
        List<Claim> claims = new ArrayList<>();
        detectors.forEach((key, detector) -> {
            if (key.modelVersion().equals(version)) {
                for (Verdict verdict : Verdict.values()) {
                    Watch watch = detector.watch(verdict);
                    if (watch != null && which.test(watch)) {
                        claims.add(new Claim(verdict, key.slice()));
                    }
                }
            }
        });
        return claims;
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

    private @Nullable Watch find(String version, Claim claim) {
        Watches detector = detectors.get(new VersionSlice(version, claim.slice()));
        return detector == null ? null : detector.watch(claim.verdict());
    }

    private Carriers carriers(String version, Verdict verdict) {
        return new Carriers(version, verdict, bucketMs, cells);
    }
}
