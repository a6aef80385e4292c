package dev.lastmile.faults.oracle;

import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything in memory, everything at the end. The rules:
 *
 * <ul>
 *   <li>The first inference with an id stands; the same again is a duplicate, other content a conflict.
 *   <li>A truth without an inference waits, or has expired: the two are not told apart here.
 *   <li>A truth observed later than the horizon after its inference is too late, and forgotten. Any other is remembered by
 *       its revision: seen before with the same content it is a duplicate, with other content a conflict. The first
 *       accepted joins; then a higher revision than the standing one is a correction, a lower one is superseded.
 *   <li>Counts follow the standing truth, the bucket is that of the inference.
 * </ul>
 *
 * <p>Each rule looks at the order of the inferences of an id or at the order of its truths, none at the order of a truth and
 * its inference. So a truth that came early needs no treatment of its own.
 */
public final class BatchOracle {

    private static final List<String> DISPOSITIONS = List.of(
            "inference_joined",
            "inference_waiting_or_expired",
            "inference_duplicate",
            "inference_conflicting",
            "truth_joined",
            "truth_correction_applied",
            "truth_superseded",
            "truth_too_late",
            "truth_waiting_or_expired",
            "truth_duplicate",
            "truth_conflicting");

    private final List<OracleDeployment> policies;

    public BatchOracle(List<OracleDeployment> policies) {
        this.policies = List.copyOf(policies);
    }

    private record Id(String customer, String deployment, String inferenceId) {}

    /** An accepted inference and the truths that were accepted for it. */
    private static final class Pair {
        final OracleInference inference;
        final OracleDeployment policy;
        final Map<Integer, String> seenByRevision = new LinkedHashMap<>();

        @Nullable
        OracleTruth standing;

        Pair(OracleInference inference, OracleDeployment policy) {
            this.inference = inference;
            this.policy = policy;
        }
    }

    /**
     * Computes everything.
     *
     * @param inferences in order of arrival
     * @param truths in order of arrival
     * @throws IllegalArgumentException if a record's deployment has no policy, or if a truth meets an inference without
     *     output: what then happens is not decided here
     */
    public OracleResult run(List<OracleInference> inferences, List<OracleTruth> truths) {
        Map<String, Map<String, Long>> ledgers = new TreeMap<>();
        Map<Id, Pair> pairs = new LinkedHashMap<>();
        for (OracleInference inference : inferences) {
            Id id = new Id(inference.customer(), inference.deployment(), inference.inferenceId());
            Pair known = pairs.get(id);
            if (known == null) {
                pairs.put(id, new Pair(inference, policyOf(inference)));
            } else if (known.inference.equals(inference)) {
                count(ledgers, inference, "inference_duplicate");
            } else {
                count(ledgers, inference, "inference_conflicting");
            }
        }
        for (OracleTruth truth : truths) {
            policyOf(truth);
            Pair pair = pairs.get(new Id(truth.customer(), truth.deployment(), truth.inferenceId()));
            count(ledgers, truth, pair == null ? "truth_waiting_or_expired" : fateOf(truth, pair));
        }
        Map<SliceKey, OracleCounts> slices = new LinkedHashMap<>();
        Map<BucketKey, OracleCounts> buckets = new LinkedHashMap<>();
        for (Pair pair : pairs.values()) {
            boolean joined = pair.standing != null;
            count(ledgers, pair.inference, joined ? "inference_joined" : "inference_waiting_or_expired");
            addTo(slices, buckets, pair);
        }
        return new OracleResult(slices, buckets, ledgers);
    }

    private static String fateOf(OracleTruth truth, Pair pair) {
        if (truth.observedAtMs() > pair.inference.occurredAtMs() + pair.policy.horizonMs()) {
            return "truth_too_late";
        }
        String seen = pair.seenByRevision.get(truth.revision());
        if (seen != null) {
            return seen.equals(truth.truth()) ? "truth_duplicate" : "truth_conflicting";
        }
        pair.seenByRevision.put(truth.revision(), truth.truth());
        OracleTruth before = pair.standing;
        if (before == null) {
            pair.standing = truth;
            return "truth_joined";
        }
        if (truth.revision() > before.revision()) {
            pair.standing = truth;
            return "truth_correction_applied";
        }
        return "truth_superseded";
    }

    private static void addTo(Map<SliceKey, OracleCounts> slices, Map<BucketKey, OracleCounts> buckets, Pair pair) {
        OracleInference inference = pair.inference;
        OracleCounts counts = countsOf(pair);
        long length = pair.policy.bucketMs();
        long startMs = Math.floorDiv(inference.occurredAtMs(), length) * length;
        for (String slice : slicesOf(pair.policy, inference.attributes())) {
            SliceKey key = new SliceKey(inference.customer(), inference.deployment(), inference.modelVersion(), slice);
            slices.merge(key, counts, OracleCounts::plus);
            buckets.merge(new BucketKey(key, startMs), counts, OracleCounts::plus);
        }
    }

    private static OracleCounts countsOf(Pair pair) {
        OracleTruth truth = pair.standing;
        if (truth == null) {
            return OracleCounts.UNLABELLED;
        }
        String output = pair.inference.output();
        if (output == null) {
            throw new IllegalArgumentException("truth for an inference without output: " + truth);
        }
        return OracleScore.of(pair.policy, output, truth.truth());
    }

    private static Set<String> slicesOf(OracleDeployment policy, Map<String, String> attributes) {
        Set<String> slices = new LinkedHashSet<>();
        slices.add("overall");
        for (String dimension : policy.dimensions()) {
            slices.add(term(dimension, attributes));
        }
        for (List<String> intersection : policy.intersections()) {
            List<String> terms = new ArrayList<>();
            for (String dimension : intersection) {
                terms.add(term(dimension, attributes));
                slices.add(String.join(",", terms));
            }
        }
        return slices;
    }

    private static String term(String dimension, Map<String, String> attributes) {
        String value = attributes.getOrDefault(dimension, "").trim();
        String shown = value.isEmpty() ? "unknown" : value;
        return dimension + "=" + shown.replace("%", "%25").replace(",", "%2C").replace("=", "%3D");
    }

    private OracleDeployment policyOf(OracleRecord sent) {
        for (OracleDeployment policy : policies) {
            if (policy.customer().equals(sent.customer()) && policy.deployment().equals(sent.deployment())) {
                return policy;
            }
        }
        throw new IllegalArgumentException("no policy for " + sent.customer() + "/" + sent.deployment());
    }

    private static void count(Map<String, Map<String, Long>> ledgers, OracleRecord sent, String disposition) {
        ledgers.computeIfAbsent(sent.customer() + "/" + sent.deployment(), name -> {
                    Map<String, Long> zeros = new LinkedHashMap<>();
                    DISPOSITIONS.forEach(each -> zeros.put(each, 0L));
                    return zeros;
                })
                .merge(disposition, 1L, Long::sum);
    }
}
