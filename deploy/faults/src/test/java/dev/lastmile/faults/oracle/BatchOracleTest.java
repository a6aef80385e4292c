package dev.lastmile.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lastmile.faults.oracle.OracleInference.Kind;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked by hand. Buckets are 100 ms long, the horizon is 1,000 ms; inferences occur at 50 ms unless said otherwise. */
final class BatchOracleTest {

    private static final OracleInference CAT = label("i1", "cat");

    @Test
    void aTruthJoinsItsInferenceAndCountsInEverySliceAndBucket() {
        OracleInference inference = new OracleInference(
                "acme",
                "words",
                "v1",
                "i1",
                250,
                Map.of("accent", "us", "noise", "fan"),
                "a b x",
                Kind.TRANSCRIPT,
                null,
                null);

        OracleResult result =
                oracle().run(List.of(inference), List.of(new OracleTruth("acme", "words", "i1", 300, "a c", 0)));

        OracleCounts counts = new OracleCounts(1, 1, 0, 2, 2, 1, 0, 1);
        List<SliceKey> keys = Stream.of("overall", "accent=us", "noise=fan", "noise=fan,accent=us")
                .map(slice -> new SliceKey("acme", "words", "v1", slice))
                .toList();
        assertThat(result.slices()).containsOnlyKeys(keys).allSatisfy((key, value) -> assertThat(value)
                .isEqualTo(counts));
        assertThat(result.buckets())
                .containsOnlyKeys(
                        keys.stream().map(key -> new BucketKey(key, 200)).toList())
                .allSatisfy((key, value) -> assertThat(value).isEqualTo(counts));
        assertThat(ledger(result)).isEmpty();
        assertThat(result.ledger("acme", "words", "inference_joined")).isEqualTo(1);
        assertThat(result.ledger("acme", "words", "truth_joined")).isEqualTo(1);
    }

    @Test
    void theFirstInferenceStands() {
        OracleInference other = label("i1", "dog");

        OracleResult result = oracle().run(List.of(CAT, CAT, other, CAT, other), List.of(truth(60, "cat", 0)));

        assertThat(ledger(result))
                .isEqualTo(Map.of(
                        "inference_joined",
                        1L,
                        "inference_duplicate",
                        2L,
                        "inference_conflicting",
                        2L,
                        "truth_joined",
                        1L));
        assertThat(overall(result)).isEqualTo(OracleCounts.label(0, 1));
    }

    @Test
    void anInferenceIsAnotherIfAnyComponentDiffers() {
        Map<String, String> none = Map.of();
        OracleResult result = oracle().run(
                        List.of(
                                CAT,
                                new OracleInference(
                                        "acme", "labels", "v2", "i1", 50, none, "cat", Kind.LABEL, null, null),
                                new OracleInference(
                                        "acme", "labels", "v1", "i1", 51, none, "cat", Kind.LABEL, null, null),
                                new OracleInference(
                                        "acme",
                                        "labels",
                                        "v1",
                                        "i1",
                                        50,
                                        Map.of("x", "y"),
                                        "cat",
                                        Kind.LABEL,
                                        null,
                                        null),
                                new OracleInference(
                                        "acme", "labels", "v1", "i1", 50, none, "cat", Kind.LABEL, 0.5, null),
                                new OracleInference(
                                        "acme", "labels", "v1", "i1", 50, none, "cat", Kind.LABEL, null, "s"),
                                new OracleInference(
                                        "acme", "labels", "v1", "i1", 50, none, null, Kind.NOTHING, null, null)),
                        List.of());

        assertThat(ledger(result)).isEqualTo(Map.of("inference_waiting_or_expired", 1L, "inference_conflicting", 6L));
    }

    /** Each truth is {@code observed:label:revision}; the inference of "cat" occurred at 50, so 1,050 is in time. */
    @ParameterizedTest
    @CsvSource({
        "60:cat:0,                           joined,                                 0",
        "60:dog:0,                           joined,                                 1",
        "1050:dog:0,                         joined,                                 1",
        "10:dog:0,                           joined,                                 1",
        "60:dog:0 70:dog:0,                  joined duplicate,                       1",
        "60:dog:0 70:cat:0,                  joined conflicting,                     1",
        "60:dog:0 70:cat:0 80:cat:0,         joined conflicting conflicting,         1",
        "60:dog:0 70:cat:1,                  joined correction_applied,              0",
        "60:dog:0 70:cat:7 80:dog:9,         joined correction_applied correction_applied, 1",
        "60:dog:1 70:cat:0,                  joined superseded,                      1",
        "60:dog:1 70:cat:0 80:cat:0,         joined superseded duplicate,            1",
        "60:dog:1 70:cat:0 80:dog:0,         joined superseded conflicting,          1",
        "60:dog:0 70:cat:2 80:dog:1,         joined correction_applied superseded,   0",
        "60:dog:0 70:cat:1 80:dog:0,         joined correction_applied duplicate,    0",
        "60:dog:0 1051:cat:1,                joined too_late,                        1",
        "60:dog:0 1051:dog:0,                joined too_late,                        1",
        "1051:dog:0 60:cat:0,                too_late joined,                        0",
        "1051:dog:3 60:cat:0 70:dog:1,       too_late joined correction_applied,     1",
    })
    void theFateOfATruthDependsOnTheTruthsBeforeIt(String truths, String fates, long errors) {
        List<OracleTruth> sent = Arrays.stream(truths.split(" "))
                .map(each -> each.split(":"))
                .map(parts -> truth(Long.parseLong(parts[0]), parts[1], Integer.parseInt(parts[2])))
                .toList();

        List<String> expected = List.of(fates.split(" "));

        assertThat(expected).hasSameSizeAs(sent);
        for (int n = 1; n <= sent.size(); n++) {
            Map<String, Long> before = ledger(oracle().run(List.of(CAT), sent.subList(0, n - 1)));
            Map<String, Long> after = ledger(oracle().run(List.of(CAT), sent.subList(0, n)));
            String fate = "truth_" + expected.get(n - 1);
            assertThat(after.getOrDefault(fate, 0L)).as(fate).isEqualTo(before.getOrDefault(fate, 0L) + 1);
        }
        assertThat(overall(oracle().run(List.of(CAT), sent))).isEqualTo(OracleCounts.label(errors, 1));
    }

    @Test
    void withoutTheOtherSideBothWait() {
        OracleResult result =
                oracle().run(List.of(label("i2", "cat")), List.of(truth(60, "cat", 0), truth(60, "cat", 0)));

        assertThat(ledger(result))
                .isEqualTo(Map.of("inference_waiting_or_expired", 1L, "truth_waiting_or_expired", 2L));
        assertThat(overall(result)).isEqualTo(OracleCounts.UNLABELLED);
    }

    @Test
    void theSameIdOfAnotherDeploymentOrCustomerIsNeverJoined() {
        OracleResult result = oracle().run(
                        List.of(CAT),
                        List.of(
                                new OracleTruth("other", "labels", "i1", 60, "cat", 0),
                                new OracleTruth("acme", "words", "i1", 60, "cat", 0)));

        assertThat(result.ledger("acme", "labels", "inference_waiting_or_expired"))
                .isEqualTo(1);
        assertThat(result.ledger("other", "labels", "truth_waiting_or_expired")).isEqualTo(1);
        assertThat(result.ledger("acme", "words", "truth_waiting_or_expired")).isEqualTo(1);
    }

    @Test
    void aMissingOrBlankValueIsUnknownAndUndeclaredOnesAreIgnored() {
        OracleInference inference = new OracleInference(
                "acme", "words", "v1", "i1", 0, Map.of("noise", " ", "x", "y"), "", Kind.TRANSCRIPT, null, null);

        OracleResult result = oracle().run(List.of(inference), List.of());

        assertThat(result.slices().keySet())
                .extracting(SliceKey::slice)
                .containsExactly("overall", "accent=unknown", "noise=unknown", "noise=unknown,accent=unknown");
    }

    @Test
    void valuesThatWouldBreakASlicesNameAreEscaped() {
        OracleInference inference = new OracleInference(
                "acme", "words", "v1", "i1", 0, Map.of("accent", "us, 5%=a"), "", Kind.TRANSCRIPT, null, null);

        OracleResult result = oracle().run(List.of(inference), List.of());

        assertThat(result.slice("acme", "words", "v1", "accent=us%2C 5%25%3Da").received())
                .isEqualTo(1);
    }

    @Test
    void bucketsAreAlignedToTheEpochAndVersionsAreApart() {
        Map<String, String> none = Map.of();
        OracleResult result = oracle().run(
                        List.of(
                                new OracleInference(
                                        "acme", "labels", "v1", "a", 99, none, "cat", Kind.LABEL, null, null),
                                new OracleInference(
                                        "acme", "labels", "v1", "b", 100, none, "cat", Kind.LABEL, null, null),
                                new OracleInference(
                                        "acme", "labels", "v2", "c", 199, none, "cat", Kind.LABEL, null, null),
                                new OracleInference(
                                        "acme", "labels", "v1", "d", -1, none, "cat", Kind.LABEL, null, null)),
                        List.of());

        SliceKey v1 = new SliceKey("acme", "labels", "v1", "overall");
        SliceKey v2 = new SliceKey("acme", "labels", "v2", "overall");
        assertThat(result.buckets().keySet())
                .containsExactly(
                        new BucketKey(v1, 0), new BucketKey(v1, 100), new BucketKey(v2, 100), new BucketKey(v1, -100));
        assertThat(result.slices().get(v1)).isEqualTo(new OracleCounts(3, 0, 0, 0, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "'Don''t, STOP!',    don't stop,      1, 0, 2, 0, 0, 0",
        "don t stop,         don't stop,      1, 0, 2, 1, 0, 1",
        "'',                 a b,             1, 0, 2, 0, 2, 0",
        "a b,                ...,             1, 1, 0, 0, 0, 0",
        "b a,                a b,             1, 0, 2, 2, 0, 0",
        "b c d e,            a b c d,         1, 0, 4, 0, 1, 1",
        "caf\u00e9 9,        cafe\u0301 nine, 1, 0, 2, 1, 0, 0",
    })
    void transcriptsAreComparedWordByWord(
            String output, String truth, long labelled, long empty, long words, long s, long d, long i) {
        OracleInference inference =
                new OracleInference("acme", "words", "v1", "i1", 50, Map.of(), output, Kind.TRANSCRIPT, null, null);

        OracleResult result =
                oracle().run(List.of(inference), List.of(new OracleTruth("acme", "words", "i1", 60, truth, 0)));

        OracleCounts counts = result.slice("acme", "words", "v1", "overall");
        assertThat(counts).isEqualTo(new OracleCounts(1, labelled, empty, s + d + i, words, s, d, i));
        assertThat(counts.edits()).isEqualTo(s + d + i);
    }

    @ParameterizedTest
    @CsvSource({
        "yes, yes, 0, 0, 0, 1",
        "yes, no, 1, 1, 0, 0",
        "no, yes, 0, 0, 1, 1",
        "no, no, 0, 1, 0, 0",
        "eh, no, 0, 1, 0, 0"
    })
    void ratesOfOneClassHaveTheirOwnTrials(
            String output, String truth, long fpErrors, long fpTrials, long fnErrors, long fnTrials) {
        assertThat(OracleScore.of(policy("acme", "x", "false_positive_rate", "yes"), output, truth))
                .isEqualTo(OracleCounts.label(fpErrors, fpTrials));
        assertThat(OracleScore.of(policy("acme", "x", "false_negative_rate", "yes"), output, truth))
                .isEqualTo(OracleCounts.label(fnErrors, fnTrials));
    }

    @Test
    void aRecordWithoutAPolicyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> oracle().run(List.of(), List.of(new OracleTruth("acme", "x", "i1", 0, "cat", 0))))
                .withMessage("no policy for acme/x");
    }

    private static BatchOracle oracle() {
        return new BatchOracle(List.of(
                policy("acme", "words", "word_error_rate", null),
                policy("acme", "labels", "error_rate", null),
                policy("other", "labels", "error_rate", null)));
    }

    private static OracleDeployment policy(
            String customer, String deployment, String metric, @Nullable String positiveLabel) {
        List<String> dimensions = metric.equals("word_error_rate") ? List.of("accent", "noise") : List.of();
        List<List<String>> intersections = dimensions.isEmpty() ? List.of() : List.of(List.of("noise", "accent"));
        return new OracleDeployment(customer, deployment, metric, positiveLabel, dimensions, intersections, 100, 1_000);
    }

    private static OracleInference label(String id, String output) {
        return new OracleInference("acme", "labels", "v1", id, 50, Map.of(), output, Kind.LABEL, null, null);
    }

    private static OracleTruth truth(long observedAtMs, String label, int revision) {
        return new OracleTruth("acme", "labels", "i1", observedAtMs, label, revision);
    }

    private static OracleCounts overall(OracleResult result) {
        return result.slice("acme", "labels", "v1", "overall");
    }

    /** What is not zero in the ledger of the label deployment. */
    private static Map<String, Long> ledger(OracleResult result) {
        Map<String, Long> counts = new HashMap<>(result.ledgers().getOrDefault("acme/labels", Map.of()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
