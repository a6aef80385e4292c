package dev.lastmile.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.oracle.OracleInference.Kind;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the stream has in it what it is for. */
final class OracleStreamTest {

    private static final int RECORDS = 200_000;
    private static final OracleStream STREAM = OracleStream.of(1, RECORDS);
    private static final OracleResult RESULT =
            new BatchOracle(OracleStream.policies()).run(STREAM.inferences(), STREAM.truths());

    @Test
    void theSameSeedGivesTheSameStreamAnotherSeedAnother() {
        assertThat(OracleStream.of(7, 2_000).arrivals())
                .isEqualTo(OracleStream.of(7, 2_000).arrivals())
                .isNotEqualTo(OracleStream.of(8, 2_000).arrivals());
    }

    @Test
    void theOneWithoutEndBeginsLikeOneThatEnds() {
        Iterator<Arrival> endless = OracleStream.endless(7);
        List<Arrival> first = Stream.generate(endless::next).limit(5_000).toList();

        assertThat(first).isEqualTo(OracleStream.of(7, 20_000).arrivals().subList(0, 5_000));
    }

    @Test
    void itHasExactlyTheSizeAskedForAboutHalfOfItTruths() {
        assertThat(STREAM.arrivals()).hasSize(RECORDS);
        assertThat(STREAM.truths().size()).isBetween(RECORDS * 2 / 5, RECORDS * 3 / 5);
        assertThat(STREAM.inferences().size() + STREAM.truths().size()).isEqualTo(RECORDS);
    }

    @Test
    void recordsArriveInOrderAndWithinTheirLag() {
        assertThat(STREAM.arrivals().stream().map(Arrival::arrivalMs)).isSorted();
        assertThat(STREAM.arrivals().stream()
                        .mapToLong(
                                arrival -> arrival.arrivalMs() - arrival.sent().ownTimeMs())
                        .filter(lagMs -> lagMs < 0 || lagMs > OracleStream.MAX_LAG_MS)
                        .count())
                .isZero();
    }

    @Test
    void everyDispositionHappensOftenInEveryDeployment() {
        assertThat(RESULT.ledgers()).hasSize(5);
        RESULT.ledgers().forEach((deployment, ledger) -> assertThat(ledger)
                .hasSize(11)
                .allSatisfy((disposition, count) ->
                        assertThat(count).as(deployment + " " + disposition).isGreaterThan(100)));
    }

    @Test
    void everyRecordIsInTheLedgerOnceAndEveryJoinHasTwoSides() {
        assertThat(RESULT.ledgers().values().stream()
                        .flatMap(ledger -> ledger.values().stream())
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(RECORDS);
        RESULT.ledgers().values().forEach(ledger -> assertThat(ledger.get("truth_joined"))
                .isEqualTo(ledger.get("inference_joined")));
    }

    @Test
    void bucketsAddUpToSlicesAndValuesOfADimensionToTheWhole() {
        Map<OracleResult.SliceKey, OracleCounts> sums = new HashMap<>();
        RESULT.buckets().forEach((key, counts) -> sums.merge(key.slice(), counts, OracleCounts::plus));
        assertThat(sums).isEqualTo(RESULT.slices());

        Map<String, OracleCounts> byDimension = new HashMap<>();
        RESULT.slices().forEach((key, counts) -> {
            String dimensions = key.slice().replaceAll("=[^,]*", "");
            byDimension.merge(key.deployment() + key.customer() + " " + dimensions, counts, OracleCounts::plus);
        });
        byDimension.forEach((name, counts) -> assertThat(counts)
                .as(name)
                .isEqualTo(
                        byDimension.get(name.replaceAll("(ward-7|theatre|line 1|triage)(\\S+) .*", "$1$2 overall"))));
    }

    @Test
    void manyTruthsArriveBeforeTheirInferenceSomeOfThemTwice() {
        Set<List<String>> here = new HashSet<>();
        Map<List<String>, Integer> early = new HashMap<>();
        for (Arrival arrival : STREAM.arrivals()) {
            List<String> id = idOf(arrival.sent());
            if (arrival.sent() instanceof OracleInference) {
                here.add(id);
            } else if (!here.contains(id)) {
                early.merge(id, 1, Integer::sum);
            }
        }
        early.keySet().retainAll(here);

        assertThat(early.size()).isGreaterThan(5_000);
        assertThat(early.values().stream().filter(count -> count > 1).count()).isGreaterThan(2_000);
    }

    @Test
    void someTruthsComeInTheLastMillisecondOfTheHorizonAndSomeInTheNext() {
        Map<List<String>, Long> occurred = new HashMap<>();
        STREAM.inferences().forEach(inference -> occurred.putIfAbsent(idOf(inference), inference.occurredAtMs()));
        Map<String, Long> horizons = OracleStream.policies().stream()
                .collect(Collectors.toMap(
                        policy -> policy.customer() + policy.deployment(), OracleDeployment::horizonMs));

        Map<Long, Long> byDistance = STREAM.truths().stream()
                .filter(truth -> occurred.containsKey(idOf(truth)))
                .map(truth -> truth.observedAtMs()
                        - occurred.getOrDefault(idOf(truth), 0L)
                        - horizons.getOrDefault(truth.customer() + truth.deployment(), 0L))
                .filter(distance -> distance == 0 || distance == 1)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(byDistance).containsOnlyKeys(0L, 1L).allSatisfy((distance, count) -> assertThat(count)
                .isGreaterThan(100));
    }

    @Test
    void customersUseTheSameIdsAndSomeInferencesAreSilent() {
        Map<String, Set<String>> usersOfAnId = STREAM.inferences().stream()
                .collect(Collectors.groupingBy(
                        OracleInference::inferenceId,
                        Collectors.mapping(each -> each.customer() + each.deployment(), Collectors.toSet())));

        assertThat(usersOfAnId.values().stream()
                        .filter(users -> users.size() == 5)
                        .count())
                .isGreaterThan(10_000);
        assertThat(STREAM.inferences().stream()
                        .filter(each -> each.kind() == Kind.NOTHING)
                        .count())
                .isGreaterThan(500);
    }

    @Test
    void theStandingTruthIsOftenNotTheFirst() {
        // A monitor that lets the first, or the last, truth stand must not get away with it.
        List<OracleTruth> backwards = new ArrayList<>(STREAM.truths());
        Collections.reverse(backwards);

        OracleResult turned = new BatchOracle(OracleStream.policies()).run(STREAM.inferences(), backwards);

        assertThat(turned.ledgers()).isNotEqualTo(RESULT.ledgers());
        RESULT.ledgers().forEach((deployment, ledger) -> assertThat(ledger.get("truth_correction_applied"))
                .as(deployment)
                .isGreaterThan(500));
    }

    private static List<String> idOf(OracleRecord sent) {
        return List.of(sent.customer(), sent.deployment(), sent.inferenceId());
    }
}
