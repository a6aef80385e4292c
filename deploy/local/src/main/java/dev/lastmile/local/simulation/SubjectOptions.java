package dev.lastmile.local.simulation;

import dev.lastmile.app.PolicyParser;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.local.CannotRun;
import dev.lastmile.local.replay.LabelledRows;
import dev.lastmile.local.simulation.traffic.ErrorFamily;
import dev.lastmile.local.simulation.traffic.Population;
import dev.lastmile.score.Metric;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Policies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which deployment is simulated. */
final class SubjectOptions {

    private static final int USUAL_VALUES = 5;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Dimensions, intersections, detection settings and baseline, YAML. Without: 60 usual slices.")
    private @Nullable Path policy;

    @Option(
            names = "--deployment",
            paramLabel = "CUSTOMER/NAME",
            defaultValue = "",
            description = "Which one, where policy or files hold several.")
    private String deployment = "";

    @Option(
            names = "--inferences",
            paramLabel = "FILE",
            description =
                    "Draw scores and shares from these rows, CSV as for replay; needs --ground-truth and --policy.")
    private @Nullable Path inferences;

    @Option(names = "--ground-truth", paramLabel = "FILE", description = "What was right, CSV as for replay.")
    private @Nullable Path groundTruth;

    @Option(
            names = "--shares",
            paramLabel = "FILE",
            description = "Shares of the values of each dimension, YAML such as accent: {us: 60, scottish: 3}.")
    private @Nullable Path shares;

    @Option(
            names = "--values",
            split = ",",
            paramLabel = "DIMENSION=N",
            description = "How many values a dimension without --shares has; its shares follow Zipf's law. Default: 5.")
    private Map<String, Integer> values = new LinkedHashMap<>();

    @Option(
            names = "--errors",
            paramLabel = "KIND",
            description = "words, answers (right or wrong) or heavy (heavy tails). Default: by the policy's metric.")
    private @Nullable ErrorFamily errors;

    @Option(
            names = "--mean",
            paramLabel = "SCORE",
            defaultValue = "0",
            description = "Mean score of the deployment, 0-1. Default: about .13.")
    private double mean;

    @Option(
            names = "--new-value",
            paramLabel = "DIMENSION=VALUE:SHARE",
            description = "A value that the baseline has never seen and that takes this share of the traffic with the"
                    + " change, such as noise=imaging:.2.")
    private @Nullable String newValue;

    @Option(names = "--margin", paramLabel = "SCORE", description = "In place of the policy's margin.")
    private @Nullable Double margin;

    @Option(names = "--budget", paramLabel = "LABELS", description = "In place of the policy's budget.")
    private @Nullable Long budget;

    @Option(
            names = "--baseline",
            paramLabel = "LABELS",
            description = "Labelled inferences of the baseline, in place of the policy's.")
    private @Nullable Long baseline;

    /** The deployment; {@link CannotRun} where the options do not make one. */
    Subject subject() throws CannotRun {
        Subject subject = Refused.orMade("", this::chosen);
        if (margin != null || budget != null) {
            DetectionSettings its = subject.settings();
            double newMargin = margin != null ? margin : its.margin();
            long newBudget = budget != null ? budget : its.budget();
            subject = subject.with(Refused.orMade(
                    "",
                    () -> new DetectionSettings(
                            newBudget,
                            newMargin,
                            its.disparityGap(),
                            its.minimumBaseline(),
                            its.minimumLabelled(),
                            its.minimumEffect(),
                            its.baselineSigmas(),
                            its.clearEffect(),
                            its.staleAfter(),
                            its.coolDown(),
                            its.sessions(),
                            its.coverageMargin(),
                            budget != null ? Map.of() : its.budgets())));
        }
        if (baseline != null) {
            if (baseline < 1_000 || baseline > 10_000_000) {
                throw new CannotRun("--baseline must be from 1000 to 10000000: " + baseline);
            }
            subject = subject.withBaseline(baseline);
        }
        return subject;
    }

    private Subject chosen() throws CannotRun {
        if (mean != 0 && !(mean > 0 && mean < 1)) {
            throw new CannotRun("--mean must be in (0, 1): " + mean);
        }
        if (inferences != null || groundTruth != null) {
            if (inferences == null || groundTruth == null || policy == null) {
                throw new CannotRun("--inferences, --ground-truth and --policy go together");
            }
            if (shares != null || !values.isEmpty() || errors != null || mean != 0 || newValue != null) {
                throw new CannotRun(
                        "--shares, --values, --errors, --mean and --new-value are for made-up labels, not for --inferences");
            }
            Policies policies = new Policies(PolicyParser.read(policy));
            return Subject.resampled(LabelledRows.read(inferences, groundTruth, policies, deployment));
        }
        Arrival.Announced announced = newValue == null ? null : Arrival.Announced.parse(newValue);
        if (policy == null) {
            if (shares != null || !values.isEmpty() || !deployment.isEmpty()) {
                throw new CannotRun("--shares, --values and --deployment need --policy");
            }
            return Subject.usual(errors == null ? ErrorFamily.WORDS : errors, mean, announced);
        }
        DeploymentPolicy chosen = policyOf(PolicyParser.read(policy));
        ErrorFamily family = errors == null ? familyOf(chosen.scorer().metric()) : errors;
        List<String> notes = new ArrayList<>();
        Population population = population(chosen, notes);
        return Subject.of(chosen, population, family, mean, announced).saying(notes);
    }

    private DeploymentPolicy policyOf(List<DeploymentPolicy> policies) throws CannotRun {
        List<String> names = new ArrayList<>();
        for (DeploymentPolicy one : policies) {
            String name = one.customer() + "/" + one.deployment();
            if (name.equals(deployment) || (deployment.isEmpty() && policies.size() == 1)) {
                return one;
            }
            names.add(name);
        }
        throw new CannotRun("the policy file has several entries or none of this name; name one with --deployment: "
                + String.join(", ", names));
    }

    private static ErrorFamily familyOf(Metric metric) {
        return switch (metric) {
            case WORD_ERROR_RATE -> ErrorFamily.WORDS;
            case ERROR_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE -> ErrorFamily.ANSWERS;
            case ABSOLUTE_ERROR -> ErrorFamily.HEAVY;
        };
    }

    private Population population(DeploymentPolicy chosen, List<String> notes) throws CannotRun {
        Map<String, Map<String, Double>> told = shares == null ? Map.of() : SharesFile.read(shares);
        List<String> dimensions = chosen.slicing().dimensions();
        if (dimensions.isEmpty()) {
            throw new CannotRun("the policy declares no dimension, so there is no slice to simulate");
        }
        for (Map.Entry<String, Integer> entry : values.entrySet()) {
            if (!dimensions.contains(entry.getKey()) || told.containsKey(entry.getKey())) {
                throw new CannotRun("--values names a dimension that the policy does not declare, or that --shares"
                        + " names: " + entry.getKey());
            }
            if (entry.getValue() < 1 || entry.getValue() > 1_000) {
                throw new CannotRun("--values must be from 1 to 1000: " + entry.getKey() + "=" + entry.getValue());
            }
        }
        for (String dimension : told.keySet()) {
            if (!dimensions.contains(dimension)) {
                throw new CannotRun("--shares names a dimension that the policy does not declare: " + dimension);
            }
        }
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (String dimension : dimensions) {
            Map<String, Double> its = told.get(dimension);
            if (its == null) {
                int count = values.getOrDefault(dimension, USUAL_VALUES);
                its = Population.zipf(dimension.substring(0, 1), count);
                notes.add("Shares of " + dimension + ": Zipf's law over " + count + " made-up values.");
            }
            all.put(dimension, its);
        }
        return new Population(all);
    }
}
