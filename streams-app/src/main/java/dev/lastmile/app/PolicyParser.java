package dev.lastmile.app;

import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Normalisation;
import dev.lastmile.score.Scorer;
import dev.lastmile.slice.Slicing;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list under {@code deployments:}, in the monitor's configuration and in a policy file of its own. Every key but
 * {@code customer}, {@code deployment} and {@code metric} has a default.
 */
public final class PolicyParser {

    /** One bucket an hour. */
    static final Duration DEFAULT_BUCKET = Duration.ofHours(1);

    /** Two weeks for a ground truth to come. */
    static final Duration DEFAULT_HORIZON = Duration.ofDays(14);

    /** The label whose false alarms or misses count, where nothing else is said. */
    static final String DEFAULT_POSITIVE_LABEL = "positive";

    private static final String ONE_OF = "must be one of {labelled}, {from, to, settle} and {file}";

    private final Path directory;

    /** A parser that finds the files a policy names from this directory. */
    PolicyParser(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads a policy file, which holds nothing but {@code deployments:}.
     *
     * @param file YAML; the files it names are relative to where it lies
     * @return one entry or more, in the order of the file
     * @throws ConfigurationException naming file and key if anything in it is wrong, or it cannot be read
     */
    public static List<DeploymentPolicy> read(Path file) {
        String source = TextFile.nameOf(file);
        Section root = Section.root(source, YamlTree.parse(source, TextFile.read(file)), Map.of())
                .only("deployments");
        return new PolicyParser(TextFile.directoryOf(file)).policies(root);
    }

    List<DeploymentPolicy> policies(Section root) {
        List<DeploymentPolicy> policies = new ArrayList<>();
        for (Section entry : root.sections("deployments")) {
            DeploymentPolicy policy = policy(entry);
            for (DeploymentPolicy earlier : policies) {
                if (earlier.covers(policy)) {
                    throw entry.problem(
                            "",
                            "is never used: the first entry that matches counts, and deployments["
                                    + policies.indexOf(earlier) + "] matches all that this one does");
                }
            }
            policies.add(policy);
        }
        if (policies.isEmpty()) {
            throw root.problem("deployments", "must have one entry or more");
        }
        return policies;
    }

    private DeploymentPolicy policy(Section entry) {
        entry.only(
                "customer",
                "deployment",
                "metric",
                "dimensions",
                "intersections",
                "bucket",
                "horizon",
                "corrections",
                "baseline",
                "detection",
                "positiveLabel",
                "scale",
                "normalisation",
                "limits");
        Metric metric = entry.parsed("metric", PolicyParser::metric);
        Scorer scorer = scorer(entry, metric);
        Slicing slicing = slicing(entry);
        Duration bucket = entry.duration("bucket", DEFAULT_BUCKET);
        BaselinePlan baseline = baseline(entry, metric, slicing, bucket);
        DetectionSettings detection = DetectionParser.read(entry.section("detection"));
        Limits limits = limits(entry.section("limits"));
        return entry.built(
                () -> new DeploymentPolicy(
                        entry.text("customer"),
                        entry.text("deployment"),
                        scorer,
                        slicing,
                        bucket,
                        entry.duration("horizon", DEFAULT_HORIZON),
                        entry.flag("corrections", true),
                        baseline,
                        detection,
                        limits),
                "customer",
                "deployment",
                "bucket",
                "horizon");
    }

    private static Metric metric(String text) {
        for (Metric metric : Metric.values()) {
            if (metric.wireName().equals(text)) {
                return metric;
            }
        }
        List<String> names = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            names.add(metric.wireName());
        }
        throw new IllegalArgumentException("must be one of " + String.join(", ", names) + ": " + text);
    }

    private static Scorer scorer(Section entry, Metric metric) {
        Normalisation normalisation = normalisation(entry.section("normalisation"));
        String declared = entry.scalar("positiveLabel");
        String positiveLabel = declared == null ? DEFAULT_POSITIVE_LABEL : declared;
        double scale = entry.number("scale", 1);
        if (positiveLabel.isEmpty()) {
            throw entry.problem("positiveLabel", "must not be empty");
        }
        if (scale <= 0) {
            throw entry.problem("scale", "must be > 0: " + scale);
        }
        return entry.built(() -> new Scorer(metric, normalisation, positiveLabel, scale), "positiveLabel", "scale");
    }

    private static Normalisation normalisation(Section section) {
        section.only("form", "lowerCase", "keep");
        Normalisation.Form form = section.parsed("form", Normalisation.DEFAULT.form(), PolicyParser::form);
        boolean lowerCase = section.flag("lowerCase", Normalisation.DEFAULT.lowerCase());
        String keep = section.text("keep", Normalisation.DEFAULT.keep());
        return section.built(() -> new Normalisation(form, lowerCase, keep), "form", "keep");
    }

    private static Normalisation.Form form(String text) {
        for (Normalisation.Form form : Normalisation.Form.values()) {
            if (form.name().equals(text)) {
                return form;
            }
        }
        throw new IllegalArgumentException("must be one of NFC, NFKC, NONE: " + text);
    }

    private static Slicing slicing(Section entry) {
        List<String> dimensions = entry.texts("dimensions");
        List<List<String>> intersections = entry.listsOfTexts("intersections");
        try {
            return new Slicing(dimensions, intersections);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw entry.problem(message.startsWith("intersection") ? "intersections" : "dimensions", message);
        }
    }

    private BaselinePlan baseline(Section entry, Metric metric, Slicing slicing, Duration bucket) {
        if (!entry.has("baseline")) {
            return new BaselinePlan.None();
        }
        Section section = entry.section("baseline").only("labelled", "from", "to", "settle", "file");
        if (section.has("file")) {
            if (isLearned(section)) {
                throw section.problem("", ONE_OF);
            }
            Path path = directory.resolve(section.text("file"));
            try {
                return new BaselinePlan.Given(new ServiceCard(metric, slicing).read(path));
            } catch (ConfigurationException e) {
                // The card's own words, after the key that named it.
                throw section.problem("file", String.valueOf(e.getMessage()));
            }
        }
        BaselinePlan.Learned learned = learned(section, bucket);
        if (learned == null) {
            throw section.problem("", ONE_OF);
        }
        return learned;
    }

    private static boolean isLearned(Section section) {
        return section.has("labelled") || section.has("from") || section.has("to") || section.has("settle");
    }

    /** What {@code labelled}, or {@code from}, {@code to} and {@code settle}, say; absent where there is none of them. */
    static BaselinePlan.@Nullable Learned learned(Section section, Duration bucket) {
        if (!isLearned(section)) {
            return null;
        }
        if (!section.has("labelled")) {
            return range(section, bucket);
        }
        if (section.has("from") || section.has("to") || section.has("settle")) {
            throw section.problem("", ONE_OF);
        }
        long labelled = section.whole("labelled");
        return section.built(() -> new BaselinePlan.FirstLabelled(labelled), "labelled");
    }

    private static BaselinePlan.Learned range(Section section, Duration bucket) {
        long fromMs = section.instantMs("from");
        long toExclusiveMs = section.instantMs("to");
        Duration settle = section.duration("settle", bucket);
        if (toExclusiveMs <= fromMs) {
            throw section.problem("to", "must be after from: " + section.text("to"));
        }
        return section.built(() -> new BaselinePlan.Range(fromMs, toExclusiveMs, settle), "settle");
    }

    private static Limits limits(Section section) {
        String[] keys = {"valuesPerDimension", "liveSlices", "maxAge"};
        section.only(keys);
        return section.built(
                () -> new Limits(
                        section.small("valuesPerDimension", Limits.DEFAULT.valuesPerDimension()),
                        section.small("liveSlices", Limits.DEFAULT.liveSlices()),
                        section.duration("maxAge", Limits.DEFAULT.maxAge())),
                keys);
    }
}
