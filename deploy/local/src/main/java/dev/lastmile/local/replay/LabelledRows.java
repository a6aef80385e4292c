package dev.lastmile.local.replay;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.local.CannotRun;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Score;
import dev.lastmile.stats.ScoreHistogram;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Policies;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The scores of a replay's files without the topology: first labels, by the values of the declared dimensions.
 *
 * @param policy of the deployment
 * @param scores by the values of an inference, one a dimension, in the order of the files
 * @param extent how many rows of the deployment there are, and over which time
 * @param unusedRows rows of either file that could not be used, or that belong to a deployment without a policy
 */
public record LabelledRows(
        DeploymentPolicy policy, Map<List<String>, ScoreHistogram> scores, Extent extent, long unusedRows) {

    /**
     * What a file holds of a deployment.
     *
     * @param inferences with a label or without; 1 or more
     * @param labelled those with a score
     * @param span from the first inference to the last
     */
    public record Extent(long inferences, long labelled, Duration span) {
        public Extent {
            if (labelled < 1 || labelled > inferences) {
                throw new IllegalArgumentException("labelled must be in [1, " + inferences + "]: " + labelled);
            }
            if (span.isNegative()) {
                throw new IllegalArgumentException("span must be >= 0: " + span);
            }
        }

        /** The share of the inferences that have a label, in (0, 1]. */
        public double coverage() {
            return labelled / (double) inferences;
        }
    }

    private static final String SLICE_PREFIX = "slice.";

    private record Key(DeploymentId deployment, String inference) {}

    private record Said(Instant occurredAt, List<String> values, Answer output) {}

    private record Truth(Instant observedAt, Answer answer) {}

    /** The file's rows of all deployments. Mutable while the files are read. */
    private static final class Rows {
        private final Map<Key, Said> inferences = new LinkedHashMap<>();
        private final Map<Key, Truth> truths = new HashMap<>();
        private long unused;
    }

    /**
     * Reads both files.
     *
     * @param only the deployment to take, {@code customer/deployment}; empty where the files hold one only
     * @throws CannotRun when a file cannot be read, or it does not follow which deployment is meant
     */
    public static LabelledRows read(Path inferences, Path groundTruth, Policies policies, String only)
            throws CannotRun {
        Rows rows = new Rows();
        try (Rejects rejected = Rejects.counting();
                CsvFile said = CsvFile.open(inferences, InferenceRows.REQUIRED);
                CsvFile right = CsvFile.open(groundTruth, TruthRows.REQUIRED)) {
            said.forEach(row -> readInference(row, policies, rows), rejected);
            right.forEach(row -> readTruth(row, policies, rows), rejected);
            rows.unused += rejected.count();
        }
        Map<DeploymentId, Map<List<String>, ScoreHistogram>> byDeployment = new TreeMap<>();
        rows.inferences.forEach((key, its) -> {
            Truth truth = rows.truths.get(key);
            DeploymentPolicy policy = policies.find(key.deployment()).orElseThrow();
            OptionalInt bin = truth == null
                    ? OptionalInt.empty()
                    : policy.scorer()
                            .score(its.output(), truth.answer())
                            .map(Score::bin)
                            .orElse(OptionalInt.empty());
            bin.ifPresent(level -> byDeployment
                    .computeIfAbsent(key.deployment(), any -> new LinkedHashMap<>())
                    .computeIfAbsent(its.values(), any -> new ScoreHistogram())
                    .add(level, 1));
        });
        DeploymentId chosen = chosen(byDeployment, only);
        Map<List<String>, ScoreHistogram> scores = byDeployment.getOrDefault(chosen, Map.of());
        return new LabelledRows(policies.find(chosen).orElseThrow(), scores, extent(rows, chosen, scores), rows.unused);
    }

    private static Extent extent(Rows rows, DeploymentId deployment, Map<List<String>, ScoreHistogram> scores) {
        List<Instant> times = rows.inferences.entrySet().stream()
                .filter(entry -> entry.getKey().deployment().equals(deployment))
                .map(entry -> entry.getValue().occurredAt())
                .toList();
        long labelled =
                scores.values().stream().mapToLong(ScoreHistogram::count).sum();
        return new Extent(times.size(), labelled, Duration.between(Collections.min(times), Collections.max(times)));
    }

    private static DeploymentId chosen(Map<DeploymentId, ?> byDeployment, String only) throws CannotRun {
        if (byDeployment.isEmpty()) {
            throw new CannotRun("no row of the files has both an output and a truth under a policy of its deployment");
        }
        if (only.isEmpty()) {
            if (byDeployment.size() > 1) {
                throw new CannotRun(
                        "the files hold several deployments; name one with --deployment: " + byDeployment.keySet());
            }
            return byDeployment.keySet().iterator().next();
        }
        for (DeploymentId id : byDeployment.keySet()) {
            if (id.toString().equals(only)) {
                return id;
            }
        }
        throw new CannotRun("--deployment " + only + " has no labelled row; these have: " + byDeployment.keySet());
    }

    private static void readInference(CsvRow row, Policies policies, Rows rows) throws BadCell {
        DeploymentId deployment = Cells.deployment(row);
        DeploymentPolicy policy = policies.find(deployment).orElse(null);
        if (policy == null) {
            rows.unused++;
            return;
        }
        Map<String, String> attributes = new HashMap<>();
        for (String dimension : policy.slicing().dimensions()) {
            String value = row.get(SLICE_PREFIX + dimension);
            if (!value.isEmpty()) {
                attributes.put(dimension, value);
            }
        }
        rows.inferences.putIfAbsent(
                new Key(deployment, row.required("inference_id")),
                new Said(
                        Cells.time(row, "occurred_at"),
                        policy.slicing().valuesOf(attributes),
                        answer(row, "output", policy.scorer().metric())));
    }

    private static void readTruth(CsvRow row, Policies policies, Rows rows) throws BadCell {
        DeploymentId deployment = Cells.deployment(row);
        DeploymentPolicy policy = policies.find(deployment).orElse(null);
        if (policy == null) {
            rows.unused++;
            return;
        }
        Truth truth = new Truth(
                Cells.time(row, "observed_at"),
                answer(row, "truth", policy.scorer().metric()));
        // Detectors bet on the first version of a label only.
        rows.truths.merge(
                new Key(deployment, row.required("inference_id")),
                truth,
                (known, next) -> next.observedAt().isBefore(known.observedAt()) ? next : known);
    }

    private static Answer answer(CsvRow row, String column, Metric metric) throws BadCell {
        return switch (metric) {
            case WORD_ERROR_RATE -> new Answer.Transcript(row.get(column));
            case ERROR_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE -> new Answer.Label(row.required(column));
            case ABSOLUTE_ERROR -> new Answer.Quantity(Cells.number(row, column));
        };
    }
}
